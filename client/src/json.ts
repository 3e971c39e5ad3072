/**
 * The JSON door as typed calls. What comes back has the types of the server's own contract; this
 * file knows its paths, and nothing of how a server judges.
 */

import { Unavailable } from '#base/outage.ts'
import {
  type Deposit,
  type DepositKind,
  type DepositPut,
  depositPath,
  openDeposit,
} from '#client/deposit.ts'
import { DeskClient } from '#client/desk.ts'
import { JsonLogon, type KeptLogon, type Logon } from '#client/json-logon.ts'
import { readBody, readProblem } from '#client/json-problem.ts'
import { LogonSession } from '#client/logon-session.ts'
import type { Failed, Result } from '#client/result.ts'
import { type Exchanged, exchange, type Reach, type Sent } from '#client/transport.ts'
import type {
  Addresses,
  Approval,
  DepositStored,
  DepositsRemoved,
  DryRun,
  DryRunQuestion,
  EventPage,
  HearingAnswer,
  HearingAnswered,
  Hearings,
  Incident,
  IncidentData,
  IncidentKeys,
  IncidentType,
  IncidentTypeName,
  LookUp,
  MasterData,
  OwnCase,
  OwnCases,
  OwnData,
  OwnDataQuery,
  OwnLetters,
  OwnQuery,
  PasswordChanged,
  PendingItem,
  PendingPage,
  Policy,
  PolicyDocument,
  PolicyItem,
  Rejection,
  SealedDeposit,
  Session,
  SwitchOn,
  TypeTraits,
  WhoLooked,
  Whose,
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
  /** What an authority does with what lies with it. */
  readonly desk: DeskClient
  readonly #options: JsonOptions
  readonly #session: LogonSession<Failed, Session>
  readonly #token: string | undefined
  readonly #logon: JsonLogon

  constructor(options: JsonOptions) {
    this.#options = options
    this.#token = 'token' in options ? options.token : undefined
    this.#logon = new JsonLogon(options, (path, body) => this.#send('POST', path, body))
    this.#session = new LogonSession(() => this.#logon.signOn())
    this.desk = new DeskClient((method, path, body) => this.#ask(method, path, body))
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

  /** Changes the password; this client goes on with the new one. At most once in 24 hours. */
  async changePassword(newPassword: string): Promise<Result<PasswordChanged>> {
    const result = await this.#logon.changePassword(newPassword)
    if (result.ok) this.#session.forget()
    return result
  }

  /** Every type of incident that may be reported, with its schema and rules. Needs no sign-on. */
  async types(): Promise<Result<readonly IncidentType[]>> {
    type Items = { readonly items: readonly IncidentType[] }
    const result = await this.#send<Items>('GET', '/incident-types')
    return result.ok ? { ok: true, value: result.value.items } : result
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

  /** What a person is asked and has not answered; the caller has signed that person on. */
  hearings(pnr: string, representative?: string): Promise<Result<Hearings>> {
    const acting = representative === undefined ? {} : { representative }
    return this.#ask('POST', '/hearings/lookup', { pnr, ...acting })
  }

  /** Answers one of them, once; the same answer again is confirmed again. */
  answerHearing(id: string, answer: HearingAnswer): Promise<Result<HearingAnswered>> {
    return this.#ask('POST', `/hearings/${encodeURIComponent(id)}/answer`, answer)
  }

  /** Roads of a municipality by how their names begin. */
  roads(municipality: string, query = '', limit = 50): Promise<Result<Addresses>> {
    return this.#ask('GET', addresses({ municipality, query, limit: String(limit) }))
  }

  /** Dwellings of a road by how the house number begins; nothing about who lives there. */
  dwellings(
    { municipality, road }: { readonly municipality: string; readonly road: string },
    query = '',
    limit = 50,
  ): Promise<Result<Addresses>> {
    return this.#ask('GET', addresses({ municipality, road, query, limit: String(limit) }))
  }

  /** The policies of the caller's own municipality, and which of them are on. */
  async policies(): Promise<Result<readonly PolicyItem[]>> {
    type Items = { readonly items: readonly PolicyItem[] }
    const result = await this.#ask<Items>('GET', '/policies')
    return result.ok ? { ok: true, value: result.value.items } : result
  }

  /** One policy with its versions, as data and in words, and who switched it when. */
  policy(name: string): Promise<Result<Policy>> {
    return this.#ask('GET', policyPath(name))
  }

  /** Writes a new version, which is off. The latest one written again stays as it is. */
  putPolicy(document: PolicyDocument): Promise<Result<Policy>> {
    return this.#ask('PUT', policyPath(document.name), document)
  }

  /** Switches a version on; by somebody else than who wrote it. */
  switchPolicyOn(name: string, on: SwitchOn): Promise<Result<Policy>> {
    return this.#ask('POST', `${policyPath(name)}/switch-on`, on)
  }

  switchPolicyOff(name: string): Promise<Result<Policy>> {
    return this.#ask('POST', `${policyPath(name)}/switch-off`)
  }

  /** What a version would have done with past cases and would do with what waits; decides nothing. */
  tryPolicy(name: string, question: DryRunQuestion): Promise<Result<DryRun>> {
    return this.#ask('POST', `${policyPath(name)}/dry-run`, question)
  }

  /** What the conditions of a policy may be about. Needs no sign-on. */
  async policyTraits(): Promise<Result<readonly TypeTraits[]>> {
    type Items = { readonly items: readonly TypeTraits[] }
    const result = await this.#send<Items>('GET', '/policy-traits')
    return result.ok ? { ok: true, value: result.value.items } : result
  }

  /** One person, as valid on a day and as known on a day. The purpose is put on record. */
  lookUp(question: LookUp): Promise<Result<MasterData>> {
    return this.#ask('POST', '/persons/lookup', question)
  }

  /** As a receiver: what has happened since `cursor`; at least once, so drop ids seen before. */
  events(cursor?: string): Promise<Result<EventPage>> {
    return this.#ask('GET', cursor ? `/events?cursor=${encodeURIComponent(cursor)}` : '/events')
  }

  /** The saved incidents that a person is part of, and what the person was asked. */
  ownCases(query: OwnQuery): Promise<Result<OwnCases>> {
    return this.#ask('POST', '/incidents/lookup', query)
  }

  /** One of them, as that person may see it. */
  ownCase(id: string, whose: Whose): Promise<Result<OwnCase>> {
    return this.#ask('POST', `${incident(id)}/lookup`, whose)
  }

  /** What is registered about a person, or about a child of whom the person has custody. */
  ownData(query: OwnDataQuery): Promise<Result<OwnData>> {
    return this.#ask('POST', '/persons/own-data', query)
  }

  /** The letters to a person, the last first. */
  ownLetters(query: OwnQuery): Promise<Result<OwnLetters>> {
    return this.#ask('POST', '/letters/lookup', query)
  }

  /** When, which authority and why a person was looked at, the last first. */
  whoLooked(query: OwnQuery): Promise<Result<WhoLooked>> {
    return this.#ask('POST', '/persons/who-looked', query)
  }

  /**
   * Keeps bytes for this provider, sealed by itself, under a kind and a key of its own making.
   * `replaces` is the version that must be there now, 0 for none.
   */
  putDeposit(kind: DepositKind, key: string, deposit: DepositPut): Promise<Result<DepositStored>> {
    const { content, ...rest } = deposit
    const sent = Buffer.from(content).toString('base64url')
    return this.#ask('PUT', depositPath(kind, key), { ...rest, content: sent })
  }

  /** What lies under a key; a problem with status 404 when there is nothing, or nothing any more. */
  async deposit(kind: DepositKind, key: string): Promise<Result<Deposit>> {
    const result = await this.#ask<SealedDeposit>('GET', depositPath(kind, key))
    return result.ok ? { ok: true, value: openDeposit(result.value) } : result
  }

  /** All of a kind that concern a person, the oldest first. */
  async deposits(kind: DepositKind, pnr: string): Promise<Result<readonly Deposit[]>> {
    type Items = { readonly items: readonly SealedDeposit[] }
    const result = await this.#ask<Items>('POST', `/deposits/${kind}/lookup`, { pnr })
    return result.ok ? { ok: true, value: result.value.items.map(openDeposit) } : result
  }

  /** Ends one; whether it was there is told, and no problem. */
  removeDeposit(kind: DepositKind, key: string): Promise<Result<DepositsRemoved>> {
    return this.#ask('DELETE', depositPath(kind, key))
  }

  /** Ends all of a kind that concern a person: log-out everywhere. */
  removeDeposits(kind: DepositKind, pnr: string): Promise<Result<DepositsRemoved>> {
    return this.#ask('POST', `/deposits/${kind}/remove`, { pnr })
  }

  async #ask<Value>(method: Sent['method'], path: string, body?: object): Promise<Result<Value>> {
    if (this.#token !== undefined) return this.#send(method, path, body, this.#token)
    const run = await this.#session.run(
      (token) => this.#send<Value>(method, path, body, token),
      (result) => !result.ok && result.problem.status === 401,
    )
    return run.kind === 'answered' ? run.answer : run.refusal
  }

  async #send<Value>(
    method: Sent['method'],
    path: string,
    body?: object,
    token?: string,
  ): Promise<Result<Value>> {
    const got = await exchange(this.#options, `/api/v1${path}`, {
      method,
      headers: {
        accept: 'application/json',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    if (got.status >= 400) return { ok: false, problem: readProblem(got) }
    // The contract is the server's own word for what this call answers.
    return { ok: true, value: bodyOf(got) as Value }
  }
}

function policyPath(name: string): string {
  return `/policies/${encodeURIComponent(name)}`
}

function incident(id: string): string {
  return `/incidents/${encodeURIComponent(id)}`
}

function addresses(query: Record<string, string>): string {
  return `/addresses?${new URLSearchParams(query).toString()}`
}

function bodyOf({ status, contentType, bytes }: Exchanged): unknown {
  if (status === 204) return undefined
  const body = contentType.startsWith('application/json') ? readBody(bytes) : undefined
  if (body !== undefined) return body
  const message = `no JSON, but HTTP ${status} with ${contentType || 'no type'}`
  throw new Unavailable(message, { outcome: 'unknown' })
}
