/** What a policy may ask about a move: who moves, who stays, the dwelling, and what was answered. */

import { type DeclaredTrait, heardOf, heardOptions, type Known } from '#incident/traits.ts'
import { stayingAt, type Target, tailOf } from '#incidents/address-group.ts'
import { agesOf, moversOf } from '#incidents/movers.ts'
import { isProtected, type Person } from '#register/person.ts'

type Move = Target & { readonly companions: readonly string[] }

export const moveTraits: { readonly [name: string]: DeclaredTrait<Move> } = {
  movers: {
    kind: 'number',
    label: { da: 'Antal, der flytter', en: 'How many move' },
    of: ({ companions }, { situation }) => moversOf(companions, situation).length,
  },
  oldestMover: {
    kind: 'number',
    label: { da: 'Alderen på den ældste, der flytter', en: 'The age of the oldest who moves' },
    of: ({ companions }, { situation }) => agesOf(companions, situation).at(-1),
  },
  youngestMover: {
    kind: 'number',
    label: { da: 'Alderen på den yngste, der flytter', en: 'The age of the youngest who moves' },
    of: ({ companions }, { situation }) => agesOf(companions, situation).at(0),
  },
  residents: {
    kind: 'number',
    label: { da: 'Antal, der bor der nu', en: 'How many live there now' },
    of: (move, { situation }) => situation.findDwelling(tailOf(move))?.people.length,
  },
  staying: {
    kind: 'number',
    label: { da: 'Antal, der bliver boende', en: 'How many stay there' },
    of: (move, known) => staying(move, known)?.length,
  },
  livingThere: {
    kind: 'number',
    label: { da: 'Antal, der bor der efter flytningen', en: 'How many live there after the move' },
    of: (move, known) => {
      const there = staying(move, known)
      return there && there.length + moversOf(move.companions, known.situation).length
    },
  },
  rooms: {
    kind: 'number',
    label: { da: 'Antal værelser', en: 'How many rooms there are' },
    of: (move, known) => roomsOf(move, known),
  },
  roomFor: {
    kind: 'number',
    label: {
      da: 'Plads til (værelser gange kommunens faktor)',
      en: "Room for (rooms times the municipality's factor)",
    },
    of: (move, known) => {
      const rooms = roomsOf(move, known)
      return rooms && rooms * known.situation.settings.softRoomFactor
    },
  },
  housingCompany: {
    kind: 'yes-no',
    label: { da: 'Boligen er et boligselskabs', en: "The dwelling is a housing company's" },
    of: (move, { situation }) => {
      const dwelling = situation.findDwelling(tailOf(move))
      return dwelling && dwelling.kind === 'housing-company'
    },
  },
  protectedThere: {
    kind: 'yes-no',
    label: { da: 'En beskyttet person bor der', en: 'A protected person lives there' },
    of: (move, { situation }) => situation.findDwelling(tailOf(move))?.people.some(isProtected),
  },
  hostAnswer: {
    kind: 'choice',
    label: { da: 'Logiværtens svar', en: "The host's answer" },
    options: heardOptions,
    of: (_, { heard }) => heardOf(heard, 'host'),
  },
  hostDate: {
    kind: 'date',
    label: { da: 'Datoen i logiværtens svar', en: "The date in the host's answer" },
    of: (_, { heard }) => heard.find(({ kind }) => kind === 'host')?.fromDate,
  },
  parentAnswer: {
    kind: 'choice',
    label: { da: 'Den anden forælders svar', en: "The other parent's answer" },
    options: heardOptions,
    of: (_, { heard }) => heardOf(heard, 'other-parent'),
  },
}

function staying(move: Move, { situation }: Known): readonly Person[] | undefined {
  if (!situation.findDwelling(tailOf(move))) return undefined
  return stayingAt(move, moversOf(move.companions, situation), situation)
}

/** A dwelling whose rooms the register does not know has none. */
function roomsOf(move: Move, { situation }: Known): number | undefined {
  return situation.findDwelling(tailOf(move))?.rooms || undefined
}
