/**
 * The GCTP door as typed calls: sign-on, STAMP, and the steps of an incident. It knows what is on
 * the wire, and nothing of how a server judges it.
 */

import {
  type Conversation,
  type ConversationKeys,
  isTokenUnknown,
  passwordEndsSoon,
  type Refused,
  readSecurityResult,
  readStampResult,
  readStepResult,
  readUsableAnswer,
  refused,
  type SecurityDone,
  type StampFound,
  type Step,
} from '#client/gctp-answer.ts'
import { dataOf, findUnfit, isSecurityMessage, keyOf, valuesOf } from '#client/gctp-content.ts'
import { incidentTypes } from '#client/incident-types.generated.ts'
import {
  changeByHand,
  mustChange,
  type PasswordStore,
  signOnKept,
  type Tried,
} from '#client/kept-passwords.ts'
import { LogonSession, type SignedOn } from '#client/logon-session.ts'
import { type Message, showMessage } from '#client/mask.ts'
import { exchange, type Reach } from '#client/transport.ts'
import type { IncidentData, IncidentTypeName, Rejection } from '#client/types.generated.ts'
import { readTokenSetCookie } from '#gctp/cookie.ts'
import type { Data, GctpAnswer, Receipt } from '#gctp/message.ts'
import { readAnswer } from '#gctp/read-answer.ts'
import { errorReceipt } from '#gctp/receipt.ts'
import {
  type ActionName,
  actionWords,
  gctpPath,
  headerMarks,
  receiptKinds,
  rejectionFields,
  representativeKey,
  requestContentType,
  tokenCookie,
} from '#gctp/values.ts'
import {
  writeNewPassword,
  writeSearch,
  writeSignOff,
  writeSignOn,
  writeUpdate,
} from '#gctp/write-request.ts'
import { keyFields } from '#incident/fields.ts'

export type GctpOptions = Reach & {
  /** The person code: W and seven digits. */
  readonly userId: string
  readonly password?: string
  /** In place of `password`: one that changes itself before it ends, and where it is kept. */
  readonly passwords?: PasswordStore
  /** The authority that reports (`mk`). The server takes the person code's own when left out. */
  readonly authority?: string
  /** Asks for the English text of every refusal beside the Danish one. */
  readonly english?: boolean
  /** Shown every message as it goes and comes, with passwords masked. */
  readonly onMessage?: (message: Message) => void
}

/** What a message that was posted as it is came to. */
export type Posted = {
  /** Whether the receipt says Ok, or 900 where a security call was answered. */
  readonly ok: boolean
  readonly status: number
  readonly bytes: Uint8Array
  /** Undefined when the answer is none of GCTP. */
  readonly receipt: Receipt | undefined
}

/** Opens a client; nothing is sent before the first call, which signs on by itself. */
export function openGctp(options: GctpOptions): GctpClient {
  return new GctpClient(options)
}

/**
 * A client of the GCTP door. Every call gives a value, `ok` or not; an outage throws `Unavailable`,
 * whose `outcome` says whether something may have happened. After an outage `save` may be sent
 * again: the server answers the same receipt and saves nothing twice.
 */
export class GctpClient {
  readonly #options: GctpOptions
  readonly #session: LogonSession<Refused, SecurityDone>
  #password: string

  constructor(options: GctpOptions) {
    this.#options = options
    this.#password = options.password ?? ''
    this.#session = new LogonSession(() => this.#trySignOn())
  }

  /** Signs on now. Needed only to know early: every other call signs on by itself. */
  async signOn(): Promise<SecurityDone | Refused> {
    const signed = await this.#session.signOn()
    return signed.kind === 'refused' ? signed.refusal : signed.said
  }

  /** Changes the password; this client goes on with the new one. At most once in 24 hours. */
  async newPassword(newPassword: string): Promise<SecurityDone | Refused> {
    const unfit = findUnfit({ password: newPassword })
    if (unfit) return unfit
    const change = (password: string) => this.#change(password, newPassword)
    const { passwords } = this.#options
    const result = await (passwords
      ? changeByHand(passwords, newPassword, change)
      : change(this.#password))
    if (result.ok) {
      this.#password = newPassword
      this.#session.forget()
    }
    return result
  }

  /** Ends the token. A later call signs on again. */
  async signOff(): Promise<SecurityDone | Refused> {
    const { answer } = await this.#send(writeSignOff(), this.#session.token)
    this.#session.forget()
    return readSecurityResult(answer)
  }

  /** Master data of one person. `representative` asks in that person's place, and stands on record. */
  async stamp(pnr: string, representative?: string): Promise<StampFound | Refused> {
    const whose = [{ name: keyFields.pnr.wire, value: pnr }]
    const acting = { name: representativeKey, value: representative ?? '' }
    const key = representative === undefined ? whose : [...whose, acting]
    const unfit = findUnfit(valuesOf(key, undefined))
    if (unfit) return unfit
    const result = await this.#ask(writeSearch({ service: 'STAMP', key }))
    return isRefused(result) ? result : readStampResult(result)
  }

  /** Begins an incident. The keys are frozen from now on. */
  initiate<Name extends IncidentTypeName>(
    type: Name,
    keys: ConversationKeys,
  ): Promise<Step<Name> | Refused> {
    return this.#step('initiate', { type, keys })
  }

  /** Has the data controlled and translated. As often as wanted, until it is saved. */
  validate<Name extends IncidentTypeName>(
    conversation: Conversation<Name>,
    data: IncidentData[Name],
  ): Promise<Step<Name> | Refused> {
    return this.#step('validate', conversation, dataOf(conversation.type, data))
  }

  /**
   * Saves in the pending register what the last validation approved. With `data` the server also
   * compares them with what was validated (9005). May be sent again after an outage.
   */
  save<Name extends IncidentTypeName>(
    conversation: Conversation<Name>,
    data?: IncidentData[Name],
  ): Promise<Step<Name> | Refused> {
    return this.#step('save', conversation, data && dataOf(conversation.type, data))
  }

  /** Ends an incident that is not saved; nothing is kept. */
  cancel<Name extends IncidentTypeName>(
    conversation: Conversation<Name>,
  ): Promise<Step<Name> | Refused> {
    return this.#step('cancel', conversation)
  }

  /** As the municipality that decides: registers a saved incident. */
  approve<Name extends IncidentTypeName>(
    conversation: Conversation<Name>,
  ): Promise<Step<Name> | Refused> {
    return this.#step('approve', conversation)
  }

  /** As the municipality that decides: closes a saved incident; the reason reaches the citizen. */
  reject<Name extends IncidentTypeName>(
    conversation: Conversation<Name>,
    { reasonCode, text }: Rejection,
  ): Promise<Step<Name> | Refused> {
    const fields = [
      { name: rejectionFields.code, value: reasonCode },
      { name: rejectionFields.text, value: text },
    ]
    return this.#step('reject', conversation, { fields, tables: [] })
  }

  /**
   * Sends any message as it is. Signs on first, and again at 901, unless it is a security message
   * (`Sik`), which needs no token.
   */
  async post(bytes: Uint8Array): Promise<Posted> {
    const work = (token: string | undefined) => this.#exchange(bytes, token)
    if (isSecurityMessage(bytes)) return postedOf(await work(this.#session.token))
    const run = await this.#session.run(work, (got) => {
      const answer = readAnswer(got.bytes)
      return answer.kind !== 'unreadable' && isTokenUnknown(answer)
    })
    if (run.kind === 'answered') return postedOf(run.answer)
    const { number, text, details } = run.refusal.receipt
    const receipt = { kind: receiptKinds.security, number, text, details }
    return { ok: false, status: 200, bytes: new Uint8Array(), receipt }
  }

  async #step<Name extends IncidentTypeName>(
    action: ActionName,
    asked: { readonly type: Name; readonly keys: ConversationKeys; readonly ts?: string },
    data?: Data,
  ): Promise<Step<Name> | Refused> {
    const { type, keys, ts } = asked
    const key = keyOf(keys)
    const unfit = findUnfit(valuesOf(key, data))
    if (unfit) return unfit
    const bytes = writeUpdate({
      service: incidentTypes[type].code,
      mk: this.#options.authority,
      action: actionWords[action],
      vent: true,
      st: headerMarks.primary,
      ts,
      key,
      data,
    })
    const result = await this.#ask(bytes)
    return isRefused(result) ? result : readStepResult({ type, keys }, result)
  }

  async #ask(bytes: Uint8Array): Promise<GctpAnswer | Refused> {
    const work = async (token: string) => (await this.#send(bytes, token)).answer
    const run = await this.#session.run(work, isTokenUnknown)
    return run.kind === 'answered' ? run.answer : run.refusal
  }

  async #change(password: string, newPassword: string): Promise<SecurityDone | Refused> {
    const message = { userId: this.#options.userId, password, newPassword }
    return readSecurityResult((await this.#send(writeNewPassword(message))).answer)
  }

  async #trySignOn(): Promise<SignedOn<Refused, SecurityDone>> {
    const { passwords } = this.#options
    if (!passwords) return await this.#signOnWith(this.#password)
    return await signOnKept(passwords, {
      signOn: async (password) => triedOf(await this.#signOnWith(password)),
      change: async (password, newPassword) => (await this.#change(password, newPassword)).ok,
    })
  }

  async #signOnWith(password: string): Promise<SignedOn<Refused, SecurityDone>> {
    const { userId } = this.#options
    const unfit = findUnfit({ userid: userId, password })
    if (unfit) return { kind: 'refused', refusal: unfit }
    const { answer, token } = await this.#send(writeSignOn({ userId, password }))
    const result = readSecurityResult(answer)
    if (!result.ok) return { kind: 'refused', refusal: result }
    if (token === undefined) return { kind: 'refused', refusal: refused(noToken) }
    return { kind: 'signed-on', token, said: result }
  }

  async #send(
    bytes: Uint8Array,
    token?: string,
  ): Promise<{ readonly answer: GctpAnswer; readonly token: string | undefined }> {
    const got = await this.#exchange(bytes, token)
    const set = readTokenSetCookie(got.setCookies)
    return { answer: readUsableAnswer(got.bytes, got.status), token: set?.token }
  }

  async #exchange(bytes: Uint8Array, token: string | undefined) {
    const { onMessage } = this.#options
    onMessage?.(showMessage('request', bytes))
    const cookie = token === undefined ? {} : { cookie: `${tokenCookie}=${token}` }
    const language = this.#options.english ? { 'accept-language': 'da, en' } : {}
    const headers = { 'content-type': requestContentType, ...language, ...cookie }
    const got = await exchange(this.#options, gctpPath, {
      method: 'POST',
      headers,
      body: new Uint8Array(bytes),
    })
    onMessage?.(showMessage('answer', got.bytes))
    return got
  }
}

const noToken = errorReceipt(901, 'The answer to the sign-on has no token')

function postedOf({
  status,
  bytes,
}: {
  readonly status: number
  readonly bytes: Uint8Array
}): Posted {
  const answer = readAnswer(bytes)
  const receipt = answer.kind === 'unreadable' ? undefined : answer.receipt
  const ok = receipt?.kind === receiptKinds.ok || receipt?.number === 900
  return { ok, status, bytes, receipt }
}

function isRefused(result: GctpAnswer | Refused): result is Refused {
  return 'ok' in result
}

function triedOf(signed: SignedOn<Refused, SecurityDone>): Tried<SignedOn<Refused, SecurityDone>> {
  if (signed.kind === 'refused') {
    return { kind: 'refused', signed, mustChange: signed.refusal.receipt.number === mustChange }
  }
  const endsSoon = signed.said.warnings.some(({ number }) => number === passwordEndsSoon)
  return { kind: 'signed-on', signed, endsSoon }
}
