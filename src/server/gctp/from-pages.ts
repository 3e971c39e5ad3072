/**
 * Refuses what a web page sends to the GCTP door: its cookie has no attribute that keeps browsers
 * from sending it along, since CPR's clients know none, so the door looks at who sends.
 */

import type { IncomingHttpHeaders } from 'node:http'
import type { FastifyInstance } from 'fastify'
import type { GctpAnswer } from '#gctp/message.ts'
import { errorReceipt } from '#gctp/receipt.ts'
import { answerContentType } from '#gctp/values.ts'
import { refuseUnreadable } from '#incident/receipts.ts'

/** Browsers say the origin of every post; no client of GCTP says either (observed). */
export function isFromPage({ origin, 'sec-fetch-site': site }: IncomingHttpHeaders): boolean {
  return origin !== undefined || (site !== undefined && site !== 'none')
}

const fromPage = { da: 'Den er sendt fra en webside', en: 'It was sent by a web page' }

export function refuseFromPages(
  app: FastifyInstance,
  onRefused: (reason: string) => void,
  bytesOf: (answer: GctpAnswer) => Buffer,
): void {
  app.addHook('onRequest', async ({ headers, method }, reply) => {
    // Who merely comes by is told what this is, and changes nothing.
    if (method !== 'POST' || !isFromPage(headers)) return
    onRefused('from-page')
    const { number, text } = refuseUnreadable(fromPage)
    const receipt = errorReceipt(number, text.da)
    reply.code(403).header('cache-control', 'no-store').type(answerContentType)
    return reply.send(bytesOf({ kind: 'security', version: '2.0', receipt }))
  })
}
