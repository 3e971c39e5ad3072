/**
 * Acting for a child: whoever has custody reports what may be reported for a child alone. A child
 * is named in a URL by a seal that opens for its parent, since no number may stand there.
 */

import type { FastifyInstance } from 'fastify'
import { type Html, html } from '#base/html.ts'
import type { OwnData } from '#client/index.ts'
import { catalogue, findByName } from '#incidents/catalogue.ts'
import { known } from '#self-service/known.ts'
import { isNobody } from '#self-service/own/data.ts'
import { ownPathsIn } from '#self-service/own/paths.ts'
import { actingBy, type WhyNot } from '#self-service/own/whose.ts'
import type { Tools } from '#self-service/settings.ts'
import { personal, type Visit } from '#self-service/visit.ts'
import type { Content } from '#web/layout.ts'
import { backLink, cards } from '#web/parts/actions.ts'
import { alert } from '#web/parts/messages.ts'
import { languages } from '#web/say.ts'

type Party = { readonly pnr: string; readonly name: string }

/** Whom one acts for, by a power of attorney or as who has custody. */
export type ActingFor =
  | { readonly kind: 'acting'; readonly whom: Party }
  | { readonly kind: 'unknown' }
  | { readonly kind: 'refused'; readonly why: WhyNot }

const mark = 'child-'
/** For who has no custody there is no such child. */
const noSuchChild = 9081

const forChildren = catalogue.filter(
  ({ reporters, asking }) => reporters === 'citizens' && asking.isForChildren,
)

/** `by` is what `?for=` names; `type` is what is to be reported. Judged anew each time (AUD-7). */
export async function actingFor(visit: Visit, by: string, type: string): Promise<ActingFor> {
  if (by.startsWith(mark)) return actingForChild(visit, by, type)
  const acting = await actingBy(visit, by, type)
  return acting.kind === 'acting' ? { kind: 'acting', whom: acting.power.giver } : acting
}

async function actingForChild(visit: Visit, by: string, type: string): Promise<ActingFor> {
  const pnr = readChild(visit, by)
  if (pnr === undefined) return { kind: 'unknown' }
  if (!findByName(type)?.asking.isForChildren) return { kind: 'refused', why: 'out-of-scope' }
  const name = await findChildName(visit, pnr)
  return name === undefined
    ? { kind: 'refused', why: 'no-custody' }
    : { kind: 'acting', whom: { pnr, name } }
}

/** The name of the child, as long as who is signed in has custody of it and it is under 18. */
async function findChildName(
  { tools, session }: Visit,
  child: string,
): Promise<string | undefined> {
  const found = await tools.clients.json.own.data({ pnr: session.pnr, child })
  if (!found.ok && found.problem.receipt === noSuchChild) return undefined
  return known(found).person.name
}

/** The child, as `?for=` names it, where who is signed in may report that type for it. */
export async function findChild(
  visit: Visit,
  pnr: string,
  type: string,
): Promise<{ readonly name: string; readonly by: string } | undefined> {
  if (!findByName(type)?.asking.isForChildren) return undefined
  const name = await findChildName(visit, pnr)
  return name === undefined ? undefined : { name, by: nameChild(visit, pnr) }
}

function nameChild({ tools, session }: Visit, pnr: string): string {
  const sealed = tools.seal.close({ child: pnr }, placeOf(session))
  return `${mark}${Buffer.from(sealed).toString('base64url')}`
}

function readChild({ tools, session }: Visit, by: string): string | undefined {
  const sealed = Buffer.from(by.slice(mark.length), 'base64url')
  const opened = tools.seal.open(sealed, placeOf(session))
  const isChild = typeof opened === 'object' && opened !== null && 'child' in opened
  return isChild && typeof opened.child === 'string' ? opened.child : undefined
}

function placeOf({ pnr }: Visit['session']): string {
  return `child of ${pnr}`
}

export function childrenRoutes(app: FastifyInstance, tools: Tools): void {
  for (const language of languages) {
    personal(app, tools, 'GET', ownPathsIn(language).children, async (visit) => {
      const { pnr } = visit.session
      const found = await tools.clients.json.own.data({ pnr })
      if (found.ok) return visit.show(childrenContent(visit, found.value.children))
      // Of somebody whom no fact is about nobody is registered to be the child.
      if (isNobody(found)) return visit.show(childrenContent(visit, []))
      return visit.show(unreadContent(visit), 503)
    })
  }
}

/** What could not be read is not said to be nothing. */
function unreadContent({ say, paths }: Visit): Content {
  const heading = {
    da: 'Vi kunne ikke hente dine børn fra registret',
    en: 'We could not get your children from the register',
  }
  const body = {
    da: 'Det betyder ikke, at der ingen er. Prøv igen lidt senere. Bliver det ved, så kontakt din kommune.',
    en: 'It does not mean that there are none. Try again later. If it keeps happening, contact your municipality.',
  }
  const title = say(childrenTitle)
  return {
    title,
    body: html`${backLink(say, paths.home)}<h1>${title}</h1>${alert(say, 'error', { heading: say(heading), body: say(body) })}`,
  }
}

const childrenTitle = { da: 'Anmeld for dit barn', en: 'Report for your child' }

function childrenContent(visit: Visit, children: OwnData['children']): Content {
  const { say, paths } = visit
  const title = say(childrenTitle)
  const none = {
    da: 'Der er ingen børn under 18 år, som du er registreret med forældremyndighed over.',
    en: 'You are not registered as having custody of any child under 18.',
  }
  return {
    title,
    body: html`${backLink(say, paths.home)}<h1>${title}</h1>
<p class="font-lead">${say({
      da: 'Her anmelder du for et barn alene. Flytter I sammen, så anmeld din egen flytning, og tag barnet med.',
      en: 'Here you report for a child only. If you move together, report your own move and include the child.',
    })}</p>
${children.length === 0 ? html`<p>${say(none)}</p>` : children.map((child) => childPart(visit, child))}`,
  }
}

function childPart(visit: Visit, { pnr, name }: Party): Html {
  const { say, paths } = visit
  const by = nameChild(visit, pnr)
  const items = forChildren.map(({ shape }) => ({
    href: `${paths.begin(shape.name)}?for=${by}`,
    heading: say(shape.title),
    text: say({ da: `Anmeld for ${name}`, en: `Report for ${name}` }),
  }))
  return html`<h2>${name}</h2>${cards(items, 3)}`
}
