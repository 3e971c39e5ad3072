/**
 * The calls about what a municipality lets the program decide. It knows the paths of the JSON door,
 * and nothing of how a policy is judged.
 */

import { type Ask, askItems, type Result } from '#client/result.ts'
import type {
  DryRun,
  DryRunQuestion,
  Policy,
  PolicyDocument,
  PolicyItem,
  SwitchOn,
} from '#client/types.generated.ts'

export class PoliciesClient {
  readonly #ask: Ask

  constructor(ask: Ask) {
    this.#ask = ask
  }

  /** Those of the caller's own municipality, and which of them are on. */
  list(): Promise<Result<readonly PolicyItem[]>> {
    return askItems(this.#ask, 'GET', '/policies')
  }

  /** One policy with its versions, as data and in words, and who switched it when. */
  get(name: string): Promise<Result<Policy>> {
    return this.#ask('GET', pathOf(name))
  }

  /** Writes a new version, which is off. The latest one written again stays as it is. */
  put(document: PolicyDocument): Promise<Result<Policy>> {
    return this.#ask('PUT', pathOf(document.name), document)
  }

  /** Switches a version on; by somebody else than who wrote it. */
  switchOn(name: string, on: SwitchOn): Promise<Result<Policy>> {
    return this.#ask('POST', `${pathOf(name)}/switch-on`, on)
  }

  switchOff(name: string): Promise<Result<Policy>> {
    return this.#ask('POST', `${pathOf(name)}/switch-off`)
  }

  /** What a version would have done with past cases and would do with what waits; decides nothing. */
  dryRun(name: string, question: DryRunQuestion): Promise<Result<DryRun>> {
    return this.#ask('POST', `${pathOf(name)}/dry-run`, question)
  }
}

function pathOf(name: string): string {
  return `/policies/${encodeURIComponent(name)}`
}
