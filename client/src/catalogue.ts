/**
 * What the server tells to everybody: what may be reported, what receipts say, what policies may
 * ask. It knows the paths of the JSON door, and needs no sign-on.
 */

import { type Ask, askItems, type Result } from '#client/result.ts'
import type {
  IncidentType,
  IncidentTypeName,
  ReceiptText,
  TypeTraits,
} from '#client/types.generated.ts'

export class CatalogueClient {
  readonly #ask: Ask

  constructor(ask: Ask) {
    this.#ask = ask
  }

  /** Every type of incident that may be reported, with its schema and rules. */
  types(): Promise<Result<readonly IncidentType[]>> {
    return askItems(this.#ask, 'GET', '/incident-types')
  }

  type(name: IncidentTypeName): Promise<Result<IncidentType>> {
    return this.#ask('GET', `/incident-types/${encodeURIComponent(name)}`)
  }

  /** Every number that an answer can carry, and what it says. */
  receipts(): Promise<Result<readonly ReceiptText[]>> {
    return askItems(this.#ask, 'GET', '/receipts')
  }

  receipt(number: number): Promise<Result<ReceiptText>> {
    return this.#ask('GET', `/receipts/${number}`)
  }

  /** What the conditions of a policy may be about. */
  traits(): Promise<Result<readonly TypeTraits[]>> {
    return askItems(this.#ask, 'GET', '/policy-traits')
  }
}
