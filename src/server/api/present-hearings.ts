/** The hearings of an incident as the JSON door shows them: to the deciding authority, and others. */

import type { IncidentBody } from '#api/contracts.ts'
import type { Text } from '#base/text.ts'
import type { Standing } from '#casework/answer.ts'
import { type HearingRecord, hearingState, hearingStateTexts } from '#casework/hearings.ts'
import { seesHearings } from '#casework/step.ts'
import { hearings as kinds } from '#incident/hearing.ts'
import { addressingName } from '#register/name.ts'

export function presentHearings(standing: Standing): IncidentBody['hearings'] {
  const decides = seesHearings(standing)
  return standing.hearings.map((hearing) => {
    const { kind, deadline } = hearing
    const state = hearingState(hearing)
    return {
      kind,
      title: kinds[kind].title,
      state,
      stateText: hearingStateTexts[state],
      ...(deadline !== undefined && { deadline }),
      ...(decides && forDecider(hearing, standing)),
    }
  })
}

/** Who was asked and what they say: never for the reporter, who may not know a resident (PROT-4). */
function forDecider(hearing: HearingRecord, { situation }: Standing) {
  const { id, kind, about, asked, answer, fromDate, answerText, answeredBy, note } = hearing
  const person = asked === undefined ? undefined : situation.persons.get(asked)
  return {
    id,
    about: [...about],
    ...(asked !== undefined && {
      asked: { pnr: asked, name: person ? addressingName(person.name) : '' },
    }),
    ...(answer !== undefined && { answer, answerText: kinds[kind].answers[answer] }),
    ...(fromDate !== undefined && { fromDate }),
    ...(answerText !== undefined && { text: answerText }),
    ...(answeredBy !== undefined && { answeredBy }),
    ...(note !== undefined && { note }),
  }
}

const entries: readonly {
  readonly hearing: NonNullable<IncidentBody['timeline'][number]['hearing']>
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
export function hearingTimeline(hearing: HearingRecord): IncidentBody['timeline'] {
  const { title } = kinds[hearing.kind]
  return entries.flatMap(({ hearing: what, at, text }) => {
    const instant = hearing[at]
    if (instant === undefined) return []
    const said = { da: `${title.da}: ${text.da}`, en: `${title.en}: ${text.en}` }
    return [{ state: 'pending', at: instant.toISOString(), text: said, hearing: what } as const]
  })
}
