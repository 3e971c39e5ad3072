/** Invented people's names: common Danish ones by rough generation, put together by chance. */

import type { Dice } from '#population/dice.ts'
import { addressingName, type Name, nameLengths } from '#register/name.ts'
import type { Sex } from '#register/pnr.ts'

type Generation = { readonly bornUntil: number; readonly names: readonly string[] }

const women: readonly Generation[] = [
  {
    bornUntil: 1944,
    names: split(
      'Anna Ellen Inger Karen Kirsten Else Gerda Ruth Edith Grethe Ingrid Bodil Esther Agnes Aase',
      'Tove Ulla Birthe Rigmor Astrid',
    ),
  },
  {
    bornUntil: 1969,
    names: split(
      'Hanne Lene Susanne Bente Jytte Lis Marianne Annette Pia Charlotte Helle Jette Dorthe Gitte',
      'Vibeke Inge Tina Anne-Marie Conny Ragnhild',
    ),
  },
  {
    bornUntil: 1994,
    names: split(
      'Mette Louise Maria Camilla Anne Christina Line Maja Sofie Trine Rikke Katrine Cecilie Stine',
      'Pernille Julie Malene Sanne Zoë Kirstine',
    ),
  },
  {
    bornUntil: 9999,
    names: split(
      'Emma Ida Clara Freja Alma Ella Agnes Karla Sofia Isabella Nora Liva Anna Luna Josefine Asta',
      'Mille Frida Laura Mathilde Silje Bjørk',
    ),
  },
]

const men: readonly Generation[] = [
  {
    bornUntil: 1944,
    names: split(
      'Hans Poul Knud Aage Svend Niels Børge Erik Kaj Ejnar Viggo Gunnar Holger Otto Karl Arne Ove',
      'Søren Åge Tage',
    ),
  },
  {
    bornUntil: 1969,
    names: split(
      'Jørgen Ole Bent Leif Per Flemming Finn John Kurt Steen Carsten Jens Henrik Torben Bjarne Kim',
      'Michael René Preben Ib',
    ),
  },
  {
    bornUntil: 1994,
    names: split(
      'Thomas Martin Mads Rasmus Anders Jesper Christian Lars Morten Jakob Kasper Nikolaj Simon',
      'Daniel Jonas Søren Bo Ulrik Kenneth Bjørn',
    ),
  },
  {
    bornUntil: 9999,
    names: split(
      'William Oscar Carl Malthe Emil Noah Valdemar Lucas August Aksel Elias Alfred Magnus Victor',
      'Arthur Storm Villads Theo Johan Anton Loui Øjvind',
    ),
  },
]

const surnames = split(
  'Nielsen Jensen Hansen Pedersen Andersen Christensen Larsen Sørensen Rasmussen Jørgensen Petersen',
  'Madsen Kristensen Olsen Thomsen Christiansen Poulsen Johansen Møller Mortensen Knudsen Jakobsen',
  'Mikkelsen Olesen Frederiksen Laursen Henriksen Lund Schmidt Eriksen Holm Kristiansen Clausen',
  'Simonsen Svendsen Andreasen Iversen Jeppesen Mogensen Jespersen Nissen Lauridsen Frandsen',
  'Østergaard Jepsen Vestergaard Nørgaard Dahl Kjær Kjeldsen Bach Søndergaard Bertelsen Skov Ågård',
  'Toft Friis Bruun Høj Krogh Bech Winther Damgaard Holst Lindberg Brandt Ravn Hedegaard Dam Berg',
)

const fromAbroad = {
  K: split('Aïcha Björk Chloé Fatima Jana Katarzyna María Mónica Olga Renée Sigrún Zoé'),
  M: split('Ahmed Björn Giuseppe Ivan Jörg José Matthías Mehmet Müslüm Piotr Sébastien Tomás'),
  surnames: split(
    "Ali Bäcker D'Angelo Fernández Göransson Kowalski Lefèvre Müller Núñez O'Brien Özdemir Schröder",
    'Sigurðardóttir Söderström Van-Dijk Yilmaz Þórsson',
  ),
}

function split(...lines: readonly string[]): readonly string[] {
  return lines.flatMap((line) => line.split(' '))
}

/** A surname to share in a family; never the one that is excepted. */
export function surnameOf(dice: Dice, abroad = false, except?: string): string {
  const all = abroad ? fromAbroad.surnames : surnames
  return dice.pick(except === undefined ? all : all.filter((each) => each !== except))
}

/** A name that suits the sex, the year of birth and the family. */
export function nameOf(
  dice: Dice,
  person: { readonly sex: Sex; readonly bornIn: number; readonly surname: string },
  { abroad = false, middle }: { readonly abroad?: boolean; readonly middle?: string } = {},
): Name {
  const { sex, bornIn, surname } = person
  const generations = sex === 'K' ? women : men
  const own = generations.find(({ bornUntil }) => bornIn <= bornUntil)?.names ?? []
  const from = abroad ? fromAbroad[sex] : own
  const first = dice.pick(from)
  const second = dice.chance(0.25) ? dice.pick(from) : first
  const given = second === first ? first : `${first} ${second}`
  const between = middle !== surname && dice.chance(0.5) ? middle : undefined
  return { given, ...(between && { middle: between }), surname }
}

/** The post name of somebody who lives with another: 'c/o ' and as much of the name as fits. */
export function careOf(host: Name): string {
  return `c/o ${addressingName(host)}`.slice(0, nameLengths.addressing).trimEnd()
}
