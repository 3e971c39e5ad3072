/**
 * What a case worker had on the screen when the decision was made, part by part as digests in the
 * form: a decision on something else than what was seen is asked for again, never carried out.
 */

import { createHash } from 'node:crypto'
import type { Text } from '#base/text.ts'
import type { Incident } from '#client/index.ts'

const parts = {
  state: {
    of: ({ state, authority }: Incident) => [state, authority],
    text: { da: 'hvor sagen står', en: 'where the case stands' },
  },
  reported: {
    of: ({ data, keys }: Incident) => [data, keys],
    text: { da: 'det, der er anmeldt', en: 'what was reported' },
  },
  registered: {
    of: ({ masterData }: Incident) => masterData,
    text: { da: 'det, der er registreret om personen', en: 'what is registered about the person' },
  },
  marks: {
    of: ({ marks }: Incident) => marks,
    text: { da: 'bemærkningerne til sagen', en: 'the notes of the case' },
  },
  hearings: {
    of: ({ hearings }: Incident) => hearings,
    text: { da: 'høringerne og svarene på dem', en: 'the hearings and their answers' },
  },
  outcomes: {
    of: ({ outcomes }: Incident) => outcomes,
    text: { da: 'afgørelserne for personerne', en: 'the decisions for the persons' },
  },
} as const satisfies {
  readonly [part: string]: { readonly of: (incident: Incident) => unknown; readonly text: Text }
}

type PartName = keyof typeof parts
const partNames: readonly PartName[] = [
  'state',
  'reported',
  'registered',
  'marks',
  'hearings',
  'outcomes',
]

/** For a hidden field of every form that decides. */
export function writeSeen(incident: Incident): string {
  return partNames.map((name) => digest(parts[name].of(incident))).join('.')
}

/** The parts that are no longer what they were; all of them when the field says nothing of ours. */
export function changesSince(seen: string, incident: Incident): readonly Text[] {
  const before = seen.split('.')
  const now = writeSeen(incident).split('.')
  return partNames.filter((_, at) => before[at] !== now[at]).map((name) => parts[name].text)
}

function digest(part: unknown): string {
  return createHash('sha256').update(JSON.stringify(part)).digest('base64url').slice(0, 16)
}
