/** The hearings of an incident as the JSON door shows them: to the deciding authority, and others. */

import type { IncidentBody } from '#api/contracts.ts'
import type { Standing } from '#casework/answer.ts'
import { type HearingRecord, hearingState, hearingStateTexts } from '#casework/hearings.ts'
import { seesHearings } from '#casework/step.ts'
import { hearings as kinds } from '#incident/hearing.ts'
import { nameOf } from '#search/disclose.ts'

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
function forDecider(hearing: HearingRecord, { situation, caller }: Standing) {
  const { id, kind, about, asked, answer, fromDate, answerText, answeredBy, note } = hearing
  const person = asked === undefined ? undefined : situation.persons.get(asked)
  return {
    id,
    about: [...about],
    ...(asked !== undefined && {
      asked: { pnr: asked, name: person ? nameOf(person, caller) : '' },
    }),
    ...(answer !== undefined && { answer, answerText: kinds[kind].answers[answer] }),
    ...(fromDate !== undefined && { fromDate }),
    ...(answerText !== undefined && { text: answerText }),
    ...(answeredBy !== undefined && { answeredBy }),
    ...(note !== undefined && { note }),
  }
}
