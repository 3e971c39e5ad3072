/** The GCTP door: one URL, bytes in and out, HTTP 200 for everything that GCTP can answer. */

import type { FastifyError, FastifyInstance } from 'fastify'
import { type Budget, openToAll } from '#access/declaration.ts'
import { bindToken } from '#access/token.ts'
import { Unavailable } from '#base/outage.ts'
import { refuseUnknown } from '#casework/follow.ts'
import type { Asker } from '#casework/ports.ts'
import { writeAnswer } from '#gctp/answer.ts'
import { readTokenCookie } from '#gctp/cookie.ts'
import { readRequest } from '#gctp/envelope.ts'
import type { GctpAnswer, GctpRequest } from '#gctp/message.ts'
import { errorReceipt, inDanish, securityReceipt } from '#gctp/receipt.ts'
import { answerContentType, gctpPath, requestContentType } from '#gctp/values.ts'
import { askedFrom } from '#http/listener.ts'
import { receiptText, refuse, refuseUnreadable } from '#incident/receipts.ts'
import type { Doors } from '#server/api/context.ts'
import { secondsOf } from '#server/budget-hooks.ts'
import { faultOf } from '#server/fault.ts'
import { anyMessage, spendOn } from '#server/gctp/budget.ts'
import { gctpCalls } from '#server/gctp/calls.ts'
import { refuseFromPages } from '#server/gctp/from-pages.ts'
import { listenForPasswordEnd } from '#server/gctp/password-warning.ts'
import { answerSearch } from '#server/gctp/search.ts'
import { answerSecurity, type SecurityReply } from '#server/gctp/security.ts'
import { answerUpdate } from '#server/gctp/update.ts'

/** The gate's limit in bytes; a longer body is cut off while it is still arriving. */
const bodyBytesMax = 256 * 1024
const limit = `${bodyBytesMax / 1024} KiB`
const tooLarge = {
  da: `Den må højst fylde ${limit}`,
  en: `It may have at most ${limit}`,
}

export type GctpSettings = {
  /** Says which environment answers, as 'Demo'; production says nothing. */
  readonly env?: string | undefined
  /** Also takes the Ruby client's sign-on, which is not well-formed. For tests of that client. */
  readonly lenient?: boolean
}

type Settings = GctpSettings & {
  readonly onSpent: (budget: Budget) => void
  readonly onRefused: (reason: string) => void
  readonly isStopping: () => boolean
}

export async function gctpDoor(
  app: FastifyInstance,
  doors: Doors,
  settings: Settings,
): Promise<void> {
  // Not on Sik answers: those are CPR's byte for byte, in every environment.
  const bytesOf = (answer: GctpAnswer) =>
    writeAnswer(
      settings.env === undefined || answer.kind === 'security'
        ? answer
        : { ...answer, env: settings.env },
    )
  refuseWhileStopping(app, settings.isStopping, bytesOf)
  refuseFromPages(app, settings.onRefused, bytesOf)
  // Clients send other media types or none: all are read as bytes, and the gate judges them.
  app.addHook('onRequest', async ({ headers }) => {
    // Nor is a media type demanded that is spelt as one: it is not looked at (CPR's wiki).
    if (headers['content-type'] !== undefined) headers['content-type'] = requestContentType
  })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: bodyBytesMax }, (_, body, done) =>
    done(null, body),
  )
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const { status, number } = judgeError(error)
    if (status >= 500 || number !== 9000) request.log.error({ fault: faultOf(error) }, 'fault')
    const text =
      status === 413 ? refuseUnreadable(tooLarge).text.da : receiptText(number, request.id).da
    const receipt = errorReceipt(number, text)
    void reply
      .code(status)
      .type(answerContentType)
      .send(bytesOf({ kind: 'security', version: '2.0', receipt }))
  })

  refuseOtherMethods(app)
  app.post(
    gctpPath,
    { bodyLimit: bodyBytesMax, config: { calls: gctpCalls } },
    async (request, reply) => {
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0)
      const { address: source, certificate } = askedFrom(request.raw)
      const shown = readTokenCookie(request.headers.cookie)
      const token = shown === undefined ? undefined : bindToken(shown, certificate)
      const onCaller = (code: string) => doors.budgets.learn(token, source, code)
      const heard = listenForPasswordEnd(
        { token, source, certificate, onCaller },
        doors.house.clock,
      )
      const { answer, setCookie, retryAfter } = await answerBytes(
        doors,
        body,
        heard.asker,
        settings,
      )
      if (setCookie) reply.header('set-cookie', setCookie)
      if (retryAfter) reply.header('retry-after', retryAfter)
      reply.header('cache-control', 'no-store').type(answerContentType)
      const told = heard.warn(answer)
      const { receipt } = told
      const isBoth = acceptsEnglish(request.headers['accept-language'])
      return reply.send(bytesOf(isBoth ? told : { ...told, receipt: inDanish(receipt) }))
    },
  )
}

/** Not 200: whoever shares out the calls is to see it, and to ask another server. */
function refuseWhileStopping(
  app: FastifyInstance,
  isStopping: () => boolean,
  bytesOf: (answer: GctpAnswer) => Buffer,
): void {
  app.addHook('onRequest', async (_request, reply) => {
    if (!isStopping()) return
    const receipt = errorReceipt(9094, receiptText(9094).da)
    reply.code(503).header('retry-after', '1').header('cache-control', 'no-store')
    reply.type(answerContentType)
    return reply.send(bytesOf({ kind: 'security', version: '2.0', receipt }))
  })
}

/** An extension of ours: GCTP itself speaks Danish alone. */
function acceptsEnglish(languages: string | undefined): boolean {
  return /(^|[,\s])en\b/i.test(languages ?? '')
}

const otherMethods = ['GET', 'HEAD', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'] as const

/** A browser or a check from outside that comes by is told what this is, in one line. */
function refuseOtherMethods(app: FastifyInstance): void {
  app.route({
    method: [...otherMethods],
    url: gctpPath,
    config: { declaration: openToAll },
    handler: async (_request, reply) => {
      reply.code(405).header('allow', 'POST').header('cache-control', 'no-store')
      return reply.type('text/plain; charset=utf-8').send('GCTP is spoken by POST alone.\n')
    },
  })
}

async function answerBytes(
  doors: Doors,
  bytes: Buffer,
  asker: Asker,
  { lenient = false, onSpent }: Settings,
): Promise<SecurityReply> {
  // One who has to wait does not make us read either.
  if (doors.budgets.isSpent(anyMessage, asker.source)) return later(anyMessage, 1_000, onSpent)
  const request = readRequest(bytes, { lenient, bytesMax: bodyBytesMax })
  const { budget, waitMs } = spendOn(doors.budgets, request, asker)
  if (waitMs > 0) return later(budget, waitMs, onSpent)
  if (request.kind === 'unreadable') {
    const { number, text } = refuseUnreadable(request.reason)
    const where = request.line === undefined ? '' : ` (linje ${request.line})`
    const receipt = errorReceipt(number, `${text.da}${where}`)
    return { answer: { kind: 'security', version: '2.0', receipt } }
  }
  return answerRequest(doors, request, asker)
}

function later(budget: Budget, waitMs: number, onSpent: Settings['onSpent']): SecurityReply {
  onSpent(budget)
  const retryAfter = secondsOf(waitMs)
  const receipt = errorReceipt(9070, receiptText(9070, retryAfter).da)
  return { answer: { kind: 'security', version: '2.0', receipt }, retryAfter }
}

async function answerRequest(
  doors: Doors,
  request: GctpRequest,
  asker: Asker,
): Promise<SecurityReply> {
  switch (request.kind) {
    case 'sign-on':
    case 'new-password':
    case 'sign-off':
      return answerSecurity(doors, request, asker)
    case 'search':
      return { answer: await answerSearch(doors, request, asker) }
    case 'update':
      return { answer: await answerUpdate(doors, request, asker) }
    case 'unknown-system':
      return { answer: await answerUnknownSystem(doors, request, asker) }
    default:
      return request satisfies never
  }
}

async function answerUnknownSystem(
  { house }: Doors,
  { version }: Extract<GctpRequest, { kind: 'unknown-system' }>,
  asker: Asker,
): Promise<GctpAnswer> {
  const refusal = refuse(9001)
  if (await refuseUnknown(house, asker, 'search', refusal)) {
    return { kind: 'security', version, receipt: securityReceipt(901) }
  }
  const { number, text } = refusal
  return { kind: 'security', version, receipt: errorReceipt(number, text.da) }
}

/** Only faults below GCTP have another status than 200: a body that is too large, for one. */
function judgeError(error: FastifyError): { status: number; number: 9000 | 9004 | 9022 } {
  if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') return { status: 413, number: 9000 }
  if (error.statusCode !== undefined && error.statusCode < 500) {
    return { status: error.statusCode, number: 9000 }
  }
  return { status: 200, number: error instanceof Unavailable ? 9022 : 9004 }
}
