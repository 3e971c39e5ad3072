/**
 * Whom a case might be forwarded to, by what is known of it: the one that the rules name, where the
 * person lives, whom it was reported to, who had it before. A suggestion, and no rule. Pure.
 */

import { groupsOfType } from '#access/security-groups.ts'
import type { Text } from '#base/text.ts'
import type { Standing } from '#casework/answer.ts'
import { competentAuthority } from '#casework/initiate.ts'
import { municipalityOf } from '#register/person.ts'

export const forwardReasons = {
  decides: {
    da: 'Efter reglerne afgør den kommune sagen',
    en: 'By the rules that municipality decides the case',
  },
  'lives-there': {
    da: 'Personen er registreret dér nu',
    en: 'The person is registered there now',
  },
  'last-lived-there': {
    da: 'Personen har sidst boet dér',
    en: 'The person last lived there',
  },
  'reported-to': {
    da: 'Sagen er anmeldt til den kommune',
    en: 'The case was reported to that municipality',
  },
  'had-it-before': {
    da: 'Sagen er kommet derfra',
    en: 'The case came from there',
  },
} as const satisfies { readonly [reason: string]: Text }
export type ForwardReason = keyof typeof forwardReasons

export type ForwardTo = {
  readonly code: string
  readonly name: string
  readonly why: readonly ForwardReason[]
  /** The rules name it, and it has not sent the case away. */
  readonly isCertain: boolean
}

/** The likeliest first; nobody where it cannot be forwarded now, and never who has it. */
export function forwardTo(standing: Standing): readonly ForwardTo[] {
  const { record, actions } = standing
  if (!actions.includes('forward') || standing.type.decidedBy === 'second-person') return []
  const reasons = new Map<string, ForwardReason[]>()
  for (const [why, code] of hintsOf(standing)) {
    if (code === undefined || code === record.authority || !isReceiver(standing, code)) continue
    reasons.set(code, [...(reasons.get(code) ?? []), why])
  }
  return [...reasons].map(([code, why]) => ({
    code,
    name: nameOf(standing, code),
    why,
    isCertain: why.includes('decides') && !why.includes('had-it-before'),
  }))
}

type Hint = readonly [why: ForwardReason, code: string | undefined]

function hintsOf({ type, record, subject, trail }: Standing): readonly Hint[] {
  const { keys, reportingAuthority } = record
  const { person } = subject
  return [
    ['decides', competentAuthority(type, keys, subject, reportingAuthority)],
    ['lives-there', municipalityOf(person)],
    ['last-lived-there', person.lastMunicipality],
    ['reported-to', keys.municipality],
    ...beforeIt(trail).map((code): Hint => ['had-it-before', code]),
  ]
}

/** Once each, the last first. */
function beforeIt(trail: Standing['trail']): readonly string[] {
  const forwarded = (trail?.milestones ?? []).filter(({ kind }) => kind === 'forwarded')
  return [...new Set(forwarded.map(({ authority }) => authority).toReversed())]
}

/** Municipalities register; of one whose kind was not read, the register says that people live there. */
function isReceiver({ situation }: Standing, code: string): boolean {
  const found = situation.findAuthority(code)
  return found === undefined || groupsOfType(found.type).includes('municipality')
}

function nameOf({ situation, subject, trail }: Standing, code: string): string {
  const { municipalityName } = subject.place
  const told = trail?.milestones.find(({ to }) => to === code)?.toName
  const lives = municipalityOf(subject.person) === code && municipalityName
  return situation.findAuthority(code)?.name ?? (lives || told || code)
}
