/**
 * The calls of an administrator: person codes, the identities that open them, and what waits for a
 * second administrator. It knows the paths of the JSON door, and nothing of who may what.
 */

import { type Ask, askItems, type Result } from '#client/result.ts'
import type {
  CodeDone,
  Employee,
  GrantAsked,
  Granted,
  GrantRequest,
  Identity,
  NewCode,
  NewPosition,
  NewSettings,
  OneTimePassword,
  PersonCodePage,
} from '#client/types.generated.ts'

/** What is done to a person code as a whole. */
export type CodeAct = 'lock' | 'unlock' | 'disable' | 'expire' | 'retire'

export type PersonCodesQuery = {
  /** From the page before. */
  readonly after?: string
  /** At most 100. */
  readonly limit?: number
}

export class AdministrationClient {
  readonly #ask: Ask

  constructor(ask: Ask) {
    this.#ask = ask
  }

  /** One page of the person codes within reach. */
  personCodes(query: PersonCodesQuery = {}): Promise<Result<PersonCodePage>> {
    const sent = Object.entries(query).map(([name, value]): [string, string] => [
      name,
      String(value),
    ])
    return this.#ask('GET', `/person-codes?${new URLSearchParams(sent).toString()}`)
  }

  /** Makes one, or asks for it where the group needs a second administrator. */
  create(wanted: NewCode): Promise<Result<OneTimePassword | GrantAsked>> {
    return this.#ask('POST', '/person-codes', wanted)
  }

  /** A new one-time password; what was open closes. */
  reset(code: string, reason: string): Promise<Result<OneTimePassword>> {
    return this.#ask('POST', `${pathOf(code)}/reset`, { reason })
  }

  /** Its holder, the addresses it signs on from, how long an old password stays. */
  change(code: string, settings: NewSettings): Promise<Result<CodeDone>> {
    return this.#ask('POST', `${pathOf(code)}/change`, settings)
  }

  /** Asks for another group or authority; a second administrator grants it. */
  move(code: string, position: NewPosition): Promise<Result<GrantAsked>> {
    return this.#ask('POST', `${pathOf(code)}/move`, position)
  }

  act(code: string, act: CodeAct, reason: string): Promise<Result<CodeDone>> {
    return this.#ask('POST', `${pathOf(code)}/${act}`, { reason })
  }

  /** Lets a person of an OpenID provider sign on as this person code. */
  link(code: string, identity: Identity): Promise<Result<CodeDone>> {
    return this.#ask('POST', `${pathOf(code)}/link`, identity)
  }

  unlink(code: string, reason: string): Promise<Result<CodeDone>> {
    return this.#ask('POST', `${pathOf(code)}/unlink`, { reason })
  }

  /** States who uses it, for log reviews alone; without a number that is taken back. */
  employee(code: string, employee: Employee): Promise<Result<CodeDone>> {
    return this.#ask('POST', `${pathOf(code)}/employee`, employee)
  }

  /** What waits for a second administrator. */
  grantRequests(): Promise<Result<readonly GrantRequest[]>> {
    return askItems(this.#ask, 'GET', '/grant-requests')
  }

  /** Does what another administrator asked for. */
  grant(id: string, reason: string): Promise<Result<Granted>> {
    return this.#ask('POST', `/grant-requests/${encodeURIComponent(id)}/grant`, { reason })
  }

  /** Ends a request; answers those that still wait. */
  refuse(id: string, reason: string): Promise<Result<readonly GrantRequest[]>> {
    const path = `/grant-requests/${encodeURIComponent(id)}/refuse`
    return askItems(this.#ask, 'POST', path, { reason })
  }
}

function pathOf(code: string): string {
  return `/person-codes/${encodeURIComponent(code)}`
}
