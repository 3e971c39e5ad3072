/**
 * What persons see and answer of their own, through a provider that has signed them on. It knows
 * the paths of the JSON door, and nothing of how a server judges.
 */

import type { Ask, Result } from '#client/result.ts'
import type {
  HearingAnswer,
  HearingAnswered,
  Hearings,
  OwnCase,
  OwnCases,
  OwnData,
  OwnDataQuery,
  OwnLetters,
  OwnQuery,
  WhoLooked,
  Whose,
} from '#client/types.generated.ts'

export class OwnClient {
  readonly #ask: Ask

  constructor(ask: Ask) {
    this.#ask = ask
  }

  /** The saved incidents that a person is part of, and what the person was asked. */
  cases(query: OwnQuery): Promise<Result<OwnCases>> {
    return this.#ask('POST', '/incidents/lookup', query)
  }

  /** One of them, as that person may see it. */
  case(id: string, whose: Whose): Promise<Result<OwnCase>> {
    return this.#ask('POST', `/incidents/${encodeURIComponent(id)}/lookup`, whose)
  }

  /** What is registered about a person, or about a child of whom the person has custody. */
  data(query: OwnDataQuery): Promise<Result<OwnData>> {
    return this.#ask('POST', '/persons/own-data', query)
  }

  /** The letters to a person, the last first. */
  letters(query: OwnQuery): Promise<Result<OwnLetters>> {
    return this.#ask('POST', '/letters/lookup', query)
  }

  /** When, which authority and why a person was looked at, the last first. */
  whoLooked(query: OwnQuery): Promise<Result<WhoLooked>> {
    return this.#ask('POST', '/persons/who-looked', query)
  }

  /** What a person is asked and has not answered. */
  hearings(pnr: string, representative?: string): Promise<Result<Hearings>> {
    const acting = representative === undefined ? {} : { representative }
    return this.#ask('POST', '/hearings/lookup', { pnr, ...acting })
  }

  /** Answers one of them, once; the same answer again is confirmed again. */
  answerHearing(id: string, answer: HearingAnswer): Promise<Result<HearingAnswered>> {
    return this.#ask('POST', `/hearings/${encodeURIComponent(id)}/answer`, answer)
  }
}
