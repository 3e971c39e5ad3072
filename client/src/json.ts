/**
 * The JSON door as typed calls: the steps of an incident here, the rest by whom it is for. What
 * comes back has the types of the server's own contract; nothing here knows how a server judges.
 */

import { AdministrationClient } from '#client/administration.ts'
import { CatalogueClient } from '#client/catalogue.ts'
import { DepositsClient } from '#client/deposits.ts'
import { DeskClient } from '#client/desk.ts'
import { sendJson } from '#client/json-exchange.ts'
import { JsonLogon, type KeptLogon, type Logon } from '#client/json-logon.ts'
import { LogonSession } from '#client/logon-session.ts'
import { OwnClient } from '#client/own.ts'
import { PoliciesClient } from '#client/policies.ts'
import type { Ask, Failed, Result } from '#client/result.ts'
import { ReviewsClient } from '#client/reviews.ts'
import type { Reach, Sent } from '#client/transport.ts'
import type {
  Addresses,
  Approval,
  EventPage,
  Incident,
  IncidentData,
  IncidentKeys,
  IncidentTypeName,
  LookUp,
  MasterData,
  NoticePage,
  PasswordChanged,
  PendingItem,
  PendingPage,
  Rejection,
  Session,
  SignInRefusal,
} from '#client/types.generated.ts'

export type JsonOptions = Reach & (Logon | KeptLogon | Signed)

/** Signed on elsewhere, as where the token lies with a browser: nothing here signs on again. */
type Signed = { readonly token: string }

export type PendingQuery = {
  readonly type?: IncidentTypeName
  /** From the page before. */
  readonly cursor?: string
  /** At most 100; the server gives 50 when left out. */
  readonly limit?: number
}

/** Where dwellings are looked for: on a road, or only on a floor of it, or behind a door. */
export type DwellingPlace = {
  readonly municipality: string
  readonly road: string
  readonly floor?: string
  readonly door?: string
}

/** Opens a client; nothing is sent before the first call, which signs on by itself. */
export function openJson(options: JsonOptions): JsonClient {
  return new JsonClient(options)
}

/**
 * A client of the JSON door. Every call gives a value, `ok` or a problem; an outage throws
 * `Unavailable`, whose `outcome` says whether something may have happened. After an outage `save`
 * may be sent again: the server answers the same receipt and saves nothing twice.
 */
export class JsonClient {
  /** What may be reported, what receipts say: calls that need no sign-on. */
  readonly catalogue: CatalogueClient
  /** What persons see and answer of their own. */
  readonly own: OwnClient
  /** Sealed bytes that the server keeps for a provider. */
  readonly deposits: DepositsClient
  /** What an authority does with what lies with it. */
  readonly desk: DeskClient
  /** What a municipality lets the program decide. */
  readonly policies: PoliciesClient
  /** The control of what was looked up. */
  readonly reviews: ReviewsClient
  /** Person codes, and what waits for a second administrator. */
  readonly administration: AdministrationClient
  readonly #options: JsonOptions
  readonly #session: LogonSession<Failed, Session>
  readonly #token: string | undefined
  readonly #logon: JsonLogon

  constructor(options: JsonOptions) {
    this.#options = options
    this.#token = 'token' in options ? options.token : undefined
    this.#logon = new JsonLogon(options, (path, body) => this.#send('POST', path, body))
    this.#session = new LogonSession(() => this.#logon.signOn())
    const ask: Ask = (method, path, body) => this.#ask(method, path, body)
    const askOpenly: Ask = (method, path, body) => this.#send(method, path, body)
    this.catalogue = new CatalogueClient(askOpenly)
    this.own = new OwnClient(ask)
    this.deposits = new DepositsClient(ask)
    this.desk = new DeskClient(ask)
    this.policies = new PoliciesClient(ask)
    this.reviews = new ReviewsClient(ask)
    this.administration = new AdministrationClient(ask)
  }

  /** Signs on now, and tells when token and password end. Every other call signs on by itself. */
  async signOn(): Promise<Result<Session>> {
    const signed = await this.#session.signOn()
    return signed.kind === 'refused' ? signed.refusal : { ok: true, value: signed.said }
  }

  /** Ends the token. A later call signs on again. */
  async signOff(): Promise<Result<undefined>> {
    const token = this.#token ?? this.#session.token
    if (token === undefined) return { ok: true, value: undefined }
    const result = await this.#send<undefined>('DELETE', '/sessions/current', undefined, token)
    this.#session.forget()
    return result
  }

  /** Ends every token of the person code, wherever it is signed on. A later call signs on again. */
  async signOffEverywhere(): Promise<Result<undefined>> {
    const result = await this.#ask<undefined>('DELETE', '/sessions')
    this.#session.forget()
    return result
  }

  /** Changes the password; this client goes on with the new one. At most once in 24 hours. */
  async changePassword(newPassword: string): Promise<Result<PasswordChanged>> {
    const result = await this.#logon.changePassword(newPassword)
    if (result.ok) this.#session.forget()
    return result
  }

  /** Begins an incident: keys in, master data back. `representative` acts for the person it is about. */
  initiate(
    type: IncidentTypeName,
    keys: IncidentKeys & { readonly representative?: string },
  ): Promise<Result<Incident>> {
    return this.#ask('POST', '/incidents', { type, ...keys })
  }

  /** Has the data controlled and translated. As often as wanted, until it is saved. */
  validate<Name extends IncidentTypeName>(
    id: string,
    data: IncidentData[Name],
  ): Promise<Result<Incident>> {
    return this.#ask('POST', `${incident(id)}/validate`, { data })
  }

  /** Saves in the pending register. May be sent again after an outage. */
  save(id: string): Promise<Result<Incident>> {
    return this.#ask('POST', `${incident(id)}/save`)
  }

  /** Ends an incident that is not saved; nothing is kept. */
  cancel(id: string): Promise<Result<Incident>> {
    return this.#ask('POST', `${incident(id)}/cancel`)
  }

  /** Takes a saved incident back before it is decided; what was returned is validated and saved anew. */
  withdraw(id: string): Promise<Result<Incident>> {
    return this.#ask('POST', `${incident(id)}/withdraw`)
  }

  /** Its state, its timeline, and what happens next. */
  follow(id: string): Promise<Result<Incident>> {
    return this.#ask('GET', incident(id))
  }

  /** One page of what waits for the caller's own municipality, oldest first. */
  pending(query: PendingQuery = {}): Promise<Result<PendingPage>> {
    const sent = Object.entries(query).map(([name, value]): [string, string] => [
      name,
      String(value),
    ])
    return this.#ask('GET', `/pending?${new URLSearchParams(sent).toString()}`)
  }

  /**
   * All that waits, page after page. Ends at the first problem, which is given as the last value.
   */
  async *allPending(
    query: Omit<PendingQuery, 'cursor'> = {},
  ): AsyncGenerator<Result<PendingItem>, void> {
    let cursor: string | undefined
    do {
      const page = await this.pending({ ...query, ...(cursor !== undefined && { cursor }) })
      if (!page.ok) {
        yield page
        return
      }
      for (const value of page.value.items) yield { ok: true, value }
      cursor = page.value.next
    } while (cursor !== undefined)
  }

  /** As the municipality that decides: registers a saved incident, for all of its persons or some. */
  approve(id: string, approval?: Approval): Promise<Result<Incident>> {
    return this.desk.approve(id, approval)
  }

  /** As the municipality that decides: closes a saved incident; the reason reaches the citizen. */
  reject(id: string, rejection: Rejection): Promise<Result<Incident>> {
    return this.desk.reject(id, rejection)
  }

  /** Roads of a municipality by how their names begin. */
  roads(municipality: string, query = '', limit = 50): Promise<Result<Addresses>> {
    return this.#ask('GET', addresses({ municipality, query, limit: String(limit) }))
  }

  /** A road, and its dwellings by how the house number begins; nothing about who lives there. */
  dwellings(place: DwellingPlace, query = '', limit = 50): Promise<Result<Addresses>> {
    return this.#ask('GET', addresses({ ...place, query, limit: String(limit) }))
  }

  /** One person, as valid on a day and as known on a day. The purpose is put on record. */
  lookUp(question: LookUp): Promise<Result<MasterData>> {
    return this.#ask('POST', '/persons/lookup', question)
  }

  /** As a receiver: what has happened since `cursor`; at least once, so drop ids seen before. */
  events(cursor?: string): Promise<Result<EventPage>> {
    return this.#ask('GET', cursor ? `/events?cursor=${encodeURIComponent(cursor)}` : '/events')
  }

  /** Puts on record that somebody was refused a sign-in at the caller's own pages. */
  noteRefusedSignIn(refusal: SignInRefusal): Promise<Result<undefined>> {
    return this.#ask('POST', '/sign-ins/refused', refusal)
  }

  /** What happened to the person codes of the same holder since `after`, as `next` had it. */
  notices(after?: string): Promise<Result<NoticePage>> {
    return this.#ask('GET', after ? `/notices?after=${encodeURIComponent(after)}` : '/notices')
  }

  async #ask<Value>(method: Sent['method'], path: string, body?: object): Promise<Result<Value>> {
    if (this.#token !== undefined) return this.#send(method, path, body, this.#token)
    const run = await this.#session.run(
      (token) => this.#send<Value>(method, path, body, token),
      (result) => !result.ok && result.problem.status === 401,
    )
    return run.kind === 'answered' ? run.answer : run.refusal
  }

  #send<Value>(
    method: Sent['method'],
    path: string,
    body?: object,
    token?: string,
  ): Promise<Result<Value>> {
    return sendJson(this.#options, { method, path, body, token })
  }
}

function incident(id: string): string {
  return `/incidents/${encodeURIComponent(id)}`
}

function addresses(query: Record<string, string>): string {
  return `/addresses?${new URLSearchParams(query).toString()}`
}
