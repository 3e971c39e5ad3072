/**
 * The calls of an authority's desk: its queue, one case, claims and notes, decisions, and many at
 * once. It knows the paths of the JSON door, and nothing of how a server judges.
 */

import type { Ask, Result } from '#client/result.ts'
import type {
  Approval,
  BulkDecision,
  BulkOutcomes,
  BulkPreview,
  Case,
  CaseClaim,
  CaseNote,
  ClosedCases,
  ClosedQuery,
  Figures,
  Forwarding,
  Incident,
  LettersSettled,
  LettersSettling,
  NextCase,
  NextQuery,
  OutboxPage,
  OutboxQuery,
  Queue,
  QueueCounts,
  QueueFilters,
  QueueItem,
  QueueQuery,
  Rejection,
  Returning,
} from '#client/types.generated.ts'

export class DeskClient {
  readonly #ask: Ask

  constructor(ask: Ask) {
    this.#ask = ask
  }

  /** One page of what lies with the own authority: filtered, sorted, searched. */
  queue(query: QueueQuery = {}): Promise<Result<Queue>> {
    return this.#ask('POST', '/desk/queue', query)
  }

  /** All of it, page after page. Ends at the first problem, which is given as the last value. */
  async *all(query: Omit<QueueQuery, 'cursor'> = {}): AsyncGenerator<Result<QueueItem>, void> {
    let cursor: string | undefined
    do {
      const page = await this.queue({ ...query, ...(cursor !== undefined && { cursor }) })
      if (!page.ok) {
        yield page
        return
      }
      for (const value of page.value.items) yield { ok: true, value }
      cursor = page.value.next
    } while (cursor !== undefined)
  }

  /** How many there are by each filter. */
  counts(filters: QueueFilters = {}): Promise<Result<QueueCounts>> {
    return this.#ask('POST', '/desk/counts', filters)
  }

  /** The first case that nobody works on, claimed; its id is left out when there is none. */
  next(query: NextQuery = {}): Promise<Result<NextCase>> {
    return this.#ask('POST', '/desk/next', query)
  }

  /** What came in and went out, how old it is, how it ended: of so many days. */
  figures(days?: number): Promise<Result<Figures>> {
    return this.#ask('GET', days === undefined ? '/desk/figures' : `/desk/figures?days=${days}`)
  }

  /** Everything about one case. */
  case(id: string): Promise<Result<Case>> {
    return this.#ask('GET', caseOf(id))
  }

  /** Claims a case, or makes the own claim last longer; 409 (9053) tells who else has it. */
  claim(id: string): Promise<Result<CaseClaim>> {
    return this.#ask('POST', `${caseOf(id)}/claim`)
  }

  release(id: string): Promise<Result<CaseClaim>> {
    return this.#ask('POST', `${caseOf(id)}/release`)
  }

  /** Adds a note, for the authority alone. */
  note(id: string, text: string): Promise<Result<CaseNote>> {
    return this.#ask('POST', `${caseOf(id)}/notes`, { text })
  }

  /** Registers a saved incident, for all of its persons or some. */
  approve(id: string, approval?: Approval): Promise<Result<Incident>> {
    return this.#ask('POST', `${pending(id)}/approve`, approval)
  }

  /** Closes a saved incident, for all or some; the reason reaches the citizen. */
  reject(id: string, rejection: Rejection): Promise<Result<Incident>> {
    return this.#ask('POST', `${pending(id)}/reject`, rejection)
  }

  /** Sends it back to its reporter, naming the fields that are to be amended. */
  return(id: string, returning: Returning): Promise<Result<Incident>> {
    return this.#ask('POST', `${pending(id)}/return`, returning)
  }

  /** Hands it over to another municipality, which alone sees it from then on. */
  forward(id: string, forwarding: Forwarding): Promise<Result<Incident>> {
    return this.#ask('POST', `${pending(id)}/forward`, forwarding)
  }

  /** Takes a decision back within its window, for all or some. */
  undo(id: string, approval?: Approval): Promise<Result<Incident>> {
    return this.#ask('POST', `${pending(id)}/undo`, approval)
  }

  /** What is done with: decided by the own authority, or withdrawn; the last first, lately or of somebody. */
  closed(query: ClosedQuery = {}): Promise<Result<ClosedCases>> {
    return this.#ask('POST', '/desk/closed', query)
  }

  /** A page of the letters of the own authority, the last first, and what became of each. */
  letters(query: OutboxQuery = {}): Promise<Result<OutboxPage>> {
    return this.#ask('POST', '/desk/letters', query)
  }

  /** Says that letters were sent by hand, or has their delivery tried again. */
  settleLetters(settling: LettersSettling): Promise<Result<LettersSettled>> {
    return this.#ask('POST', '/desk/letters/settle', settling)
  }

  /** What the approval of each would come to now; nothing is done. */
  preview(ids: readonly string[]): Promise<Result<BulkPreview>> {
    return this.#ask('POST', '/desk/preview', { ids })
  }

  /** Decides each of many by itself, and tells of each. */
  decide(decision: BulkDecision): Promise<Result<BulkOutcomes>> {
    return this.#ask('POST', '/desk/decide', decision)
  }
}

function caseOf(id: string): string {
  return `/desk/cases/${encodeURIComponent(id)}`
}

function pending(id: string): string {
  return `/pending/${encodeURIComponent(id)}`
}
