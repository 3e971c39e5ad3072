/** For whom a page is shown: the person who is signed in, or whom that person acts for. */

import type { FastifyInstance, FastifyReply } from 'fastify'
import { danishDate } from '#base/calendar.ts'
import { html } from '#base/html.ts'
import type { Text } from '#base/text.ts'
import { type OwnPaths, ownPathsIn } from '#self-service/own/paths.ts'
import {
  type KeptPower,
  listHeld,
  openPowers,
  type Power,
  stateOf,
} from '#self-service/own/power.ts'
import type { Tools } from '#self-service/settings.ts'
import { type Handler, personal, type Visit } from '#self-service/visit.ts'
import { buttonLink } from '#web/parts/actions.ts'
import { alert } from '#web/parts/messages.ts'
import { languages } from '#web/say.ts'

export type Whose = {
  /** For the JSON door: whose, and who asks in that person's place. */
  readonly asks: { readonly pnr: string; readonly representative?: string }
  readonly name: string
  /** By which power of attorney; undefined for oneself. */
  readonly power: string | undefined
}

export type OwnVisit = Visit & { readonly whose: Whose; readonly own: OwnPaths }

type Page = {
  readonly method: 'GET' | 'POST'
  readonly url: (paths: OwnPaths) => string
  /** What a power of attorney must reach; without it the page is for oneself alone. */
  readonly scope?: string
  readonly handler: (visit: OwnVisit) => ReturnType<Handler>
}

/** A page for oneself, and the same page for whom one acts for. */
export function ownPage(app: FastifyInstance, tools: Tools, page: Page): void {
  const { method, url, scope, handler } = page
  for (const language of languages) {
    const own = ownPathsIn(language)
    personal(app, tools, method, url(own), (visit) => {
      const { pnr, name } = visit.session
      const whose = { asks: { pnr }, name, power: undefined }
      return handler({ ...visit, whose, own })
    })
    if (scope === undefined) continue
    personal(app, tools, method, url(ownPathsIn(language, ':power')), async (visit) => {
      const acting = await actingBy(visit, visit.params['power'] ?? '', scope)
      if (acting.kind === 'unknown') return visit.notFound()
      if (acting.kind === 'refused') return refusePower(visit, acting.why)
      const { giver } = acting.power
      const power = visit.params['power']
      const asks = { pnr: giver.pnr, representative: visit.session.pnr }
      const whose = { asks, name: giver.name, power }
      return handler({ ...visit, whose, own: ownPathsIn(language, power) })
    })
  }
}

export type Acting =
  | { readonly kind: 'acting'; readonly power: Power }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'refused'; readonly why: Exclude<WhyNot, 'no-custody'> }

/** Why somebody cannot act for another now. */
export type WhyNot = 'coming' | 'ended' | 'revoked' | 'out-of-scope' | 'no-custody'

/** AUD-7: it must hold today, reach what is asked for, and be given to who is signed in. */
export async function actingBy(
  { tools, session }: Pick<Visit, 'tools' | 'session'>,
  key: string,
  scope: string,
): Promise<Acting> {
  const kept = await openPowers(tools).find(key)
  if (kept?.power.holder.pnr !== session.pnr) return { kind: 'unknown' }
  const state = stateOf(kept.power, danishDate(tools.clock()))
  if (state !== 'valid') return { kind: 'refused', why: state }
  if (!kept.power.scope.includes(scope)) return { kind: 'refused', why: 'out-of-scope' }
  return { kind: 'acting', power: kept.power }
}

/** A power of attorney from that person to whom is signed in which holds today and reaches it. */
export async function findPowerOver(
  { tools, session }: Pick<Visit, 'tools' | 'session'>,
  giver: string,
  scope: string,
): Promise<KeptPower | undefined> {
  const held = await listHeld(tools, session.pnr)
  return held.find(({ power }) => power.giver.pnr === giver && power.scope.includes(scope))
}

const whyNot: Readonly<Record<WhyNot, Text>> = {
  coming: { da: 'Fuldmagten gælder ikke endnu', en: 'The power of attorney is not valid yet' },
  ended: { da: 'Fuldmagten er udløbet', en: 'The power of attorney has expired' },
  revoked: { da: 'Fuldmagten er kaldt tilbage', en: 'The power of attorney has been revoked' },
  'out-of-scope': {
    da: 'Fuldmagten gælder ikke for dette',
    en: 'The power of attorney does not cover this',
  },
  'no-custody': {
    da: 'Du har ikke længere forældremyndighed over barnet, eller det er fyldt 18 år',
    en: 'You no longer have custody of the child, or the child has turned 18',
  },
}

export function refusePower(visit: Visit, why: WhyNot): FastifyReply {
  const { say, language } = visit
  const title = say(whyNot[why])
  const body = html`<h1>${title}</h1>
<p class="font-lead">${say({
    da: 'Du kan ikke handle for personen her. Det, du har sendt, mens du kunne, gælder stadig.',
    en: 'You cannot act for this person here. What you sent while you could is still valid.',
  })}</p>
<p>${buttonLink(ownPathsIn(language).powers, say({ da: 'Se fuldmagter', en: 'See powers of attorney' }))}</p>`
  return visit.show({ title, body }, 403)
}

/** Said on every page that is about somebody else than who is signed in. */
export function actingPart({ say, whose }: OwnVisit) {
  if (whose.power === undefined) return undefined
  const heading = say({
    da: `Du handler for ${whose.name}`,
    en: `You are acting for ${whose.name}`,
  })
  return alert(say, 'info', { heading, body: say(onRecord) })
}

const onRecord = {
  da: 'Efter fuldmagt. Registrets log viser, hvad du ser og gør.',
  en: 'By a power of attorney. The log of the register shows what you see and do.',
}
