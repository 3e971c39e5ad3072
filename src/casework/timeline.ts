/**
 * What has happened to an incident so far, in order, as its reporter or its authority may know it.
 * The reporter is told that somebody is asked, and neither who nor what they say (PROT-4). Pure.
 */

import { danishDate } from '#base/calendar.ts'
import type { Text } from '#base/text.ts'
import type { Standing } from '#casework/answer.ts'
import type { HearingRecord } from '#casework/hearings.ts'
import { letterTitles } from '#casework/letters.ts'
import { personsOf } from '#casework/outcomes.ts'
import { lookNow, lookText } from '#casework/policy.ts'
import type { ToldMilestone } from '#casework/ports.ts'
import { seesHearings } from '#casework/step.ts'
import { type State, stateTexts } from '#casework/transitions.ts'
import { hearings as kinds } from '#incident/hearing.ts'
import { fullAuthorityName } from '#register/authority-name.ts'

export const entryKinds = [
  'initiated',
  'validated',
  'received',
  'hearing',
  'looked',
  'returned',
  'amended',
  'forwarded',
  'decided',
  'decided-in-part',
  'undone',
  'in-effect',
  'withdrawn',
  'cancelled',
  'expired',
  'letter',
] as const
export type EntryKind = (typeof entryKinds)[number]

export const hearingTurns = ['asked', 'reminded', 'answered', 'given-up'] as const

export type Entry = {
  readonly kind: EntryKind
  readonly at: Date
  /** Where the incident stood from then on. */
  readonly state: State
  readonly text: Text
  readonly hearing?: (typeof hearingTurns)[number]
  /** In the words of the authority. */
  readonly said?: string | undefined
  readonly fields?: readonly string[]
  /** The person code that did it: for the authority alone. */
  readonly by?: string
}

/** Before its place is known: what leaves the state as it was says none. */
type Happened = Omit<Entry, 'state'> & { readonly state?: State }

export function timelineOf(standing: Standing): readonly Entry[] {
  const { trail } = standing
  const happened = [
    ...steps(standing),
    ...(trail?.milestones ?? []).flatMap((milestone) => ofMilestone(standing, milestone)),
    ...standing.hearings.flatMap(ofHearing),
    ...decisions(standing),
    ...looks(standing),
    ...effect(standing),
    ...letters(standing),
  ]
  // What happened in the same instant stands in the order of this list.
  const inOrder = happened.toSorted((a, b) => a.at.valueOf() - b.at.valueOf())
  const entries: Entry[] = []
  for (const { state = entries.at(-1)?.state ?? 'initiated', ...each } of inOrder) {
    entries.push({ ...each, state })
  }
  return entries
}

function steps(standing: Standing): readonly Happened[] {
  const { initiatedAt, validatedAt, savedAt, state, reportedBy } = standing.record
  // The second person is to know who the first one was.
  const signed = seesHearings(standing) ? { by: reportedBy } : {}
  // Of an amended report the first validation is known no more: the receipt alone tells of it.
  const first = validatedAt && (!savedAt || validatedAt <= savedAt) ? validatedAt : undefined
  return [
    step('initiated', 'initiated', initiatedAt),
    ...(first ? [step('validated', 'validated', first)] : []),
    ...(savedAt ? [{ ...step('received', 'pending', savedAt), ...signed }] : []),
    ...(state === 'amended' && validatedAt ? [step('validated', 'amended', validatedAt)] : []),
  ]
}

function step(kind: EntryKind, state: State, at: Date): Happened {
  const text = kind === 'received' ? { da: 'Modtaget', en: 'Received' } : stateTexts[state]
  return { kind, at, state, text }
}

function ofMilestone(standing: Standing, milestone: ToldMilestone): readonly Happened[] {
  const { kind, at, text: said, fields, to, toName, by, decidedAt, decision } = milestone
  const signed = seesHearings(standing) && kind !== 'amended' ? { by } : {}
  const told = { kind, at, ...signed }
  switch (kind) {
    case 'returned': {
      const labels = fields.map((name) => labelOf(standing, name))
      const text = {
        da: `${stateTexts.returned.da}: ${labels.map(({ da }) => da).join(', ')}`,
        en: `${stateTexts.returned.en}: ${labels.map(({ en }) => en).join(', ')}`,
      }
      return [{ ...told, state: 'returned', text, said, fields }]
    }
    case 'amended':
      return [
        { ...told, state: 'pending', text: { da: 'Rettet og gemt', en: 'Amended and saved' } },
      ]
    case 'forwarded': {
      const name = fullAuthorityName({ code: to ?? '', name: toName ?? to ?? '' })
      const text = {
        da: `Sendt videre til ${name}`,
        en: `Forwarded to ${name}`,
      }
      return [{ ...told, text, said }]
    }
    case 'undone': {
      const state = decision ?? 'approved'
      const text = { da: 'Afgørelsen er fortrudt', en: 'The decision has been undone' }
      return [
        ...(decidedAt
          ? [{ kind: 'decided' as const, at: decidedAt, state, text: stateTexts[state] }]
          : []),
        { ...told, state: 'pending', text },
      ]
    }
    default:
      return kind satisfies never
  }
}

function labelOf({ type }: Standing, name: string): Text {
  return type.shape.fields[name]?.label ?? { da: name, en: name }
}

const turns: readonly {
  readonly hearing: NonNullable<Entry['hearing']>
  readonly at: 'askedAt' | 'remindedAt' | 'answeredAt' | 'givenUpAt'
  readonly text: Text
}[] = [
  { hearing: 'asked', at: 'askedAt', text: { da: 'spørgsmålet er sendt', en: 'has been asked' } },
  { hearing: 'reminded', at: 'remindedAt', text: { da: 'rykker er sendt', en: 'reminder sent' } },
  { hearing: 'answered', at: 'answeredAt', text: { da: 'svaret er kommet', en: 'answer is in' } },
  {
    hearing: 'given-up',
    at: 'givenUpAt',
    text: { da: 'afsluttet uden svar', en: 'ended without an answer' },
  },
]

/** What happened in a hearing, without a word of whom it was with. */
function ofHearing(hearing: HearingRecord): readonly Happened[] {
  const { title } = kinds[hearing.kind]
  return turns.flatMap(({ hearing: turn, at, text }) => {
    const instant = hearing[at]
    if (instant === undefined) return []
    const said = { da: `${title.da}: ${text.da}`, en: `${title.en}: ${text.en}` }
    return [{ kind: 'hearing', at: instant, text: said, hearing: turn } as const]
  })
}

function decisions({ record }: Standing): readonly Happened[] {
  const { state, decidedAt, closedAt, outcomes } = record
  const parts = new Set(Object.values(outcomes).map(({ at }) => at))
  if (decidedAt) parts.delete(decidedAt.toISOString())
  const inPart = [...parts].map((at) => ({
    kind: 'decided-in-part' as const,
    at: new Date(at),
    text: { da: 'Afgjort for nogle af personerne', en: 'Decided for some of the persons' },
  }))
  if (decidedAt) {
    return [...inPart, { kind: 'decided', at: decidedAt, state, text: stateTexts[state] }]
  }
  const isEnd = state === 'withdrawn' || state === 'cancelled' || state === 'expired'
  return closedAt && isEnd
    ? [...inPart, { kind: state, at: closedAt, state, text: stateTexts[state] }]
    : inPart
}

/** What a policy came to; that it waits for an answer the hearings tell. */
function looks({ record }: Standing): readonly Happened[] {
  const look = lookNow(record)
  if (!look || look.kind === 'waits') return []
  return [{ kind: 'looked', at: look.at, text: lookText(look) }]
}

/** On its day: at once where that had come, else when the register said so (MOVE-16). */
function effect(standing: Standing): readonly Happened[] {
  const at = inEffectAt(standing)
  return at ? [{ kind: 'in-effect', at, text: { da: 'Har virkning', en: 'In effect' } }] : []
}

export function inEffectAt({ record, trail }: Standing): Date | undefined {
  const { events, decidedAt, keys } = record
  if (record.state !== 'approved' || !decidedAt) return undefined
  const own = events.filter(({ pnr }) => pnr === keys.pnr)
  const days = (own.length > 0 ? own : events).map(({ from }) => from).sort()
  const [first] = days
  if (first === undefined) return undefined
  return first <= danishDate(decidedAt) ? decidedAt : trail?.inEffectAt
}

/** Letters to others than the one it is about are the authority's to know. */
function letters(standing: Standing): readonly Happened[] {
  const { record, trail } = standing
  const seesAll = seesHearings(standing)
  const own = personsOf(record)
  return (trail?.letters ?? [])
    .filter(({ recipient }) => seesAll || recipient === record.keys.pnr)
    .map(({ at, recipient, kind }) => {
      const title = letterTitles[kind]
      const isOwn = own.includes(recipient)
      const text = isOwn
        ? { da: `Brev: ${title.da}`, en: `Letter: ${title.en}` }
        : {
            da: `Brev til en, der er spurgt: ${title.da}`,
            en: `Letter to one who is asked: ${title.en}`,
          }
      return { kind: 'letter', at, text } as const
    })
}
