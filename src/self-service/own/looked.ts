/** Who looked: when, which authority and why, page by page, as the register's log has it. */

import type { FastifyInstance } from 'fastify'
import { sayInstant } from '#base/day-words.ts'
import { type Html, html } from '#base/html.ts'
import type { Text } from '#base/text.ts'
import type { WhoLooked } from '#client/index.ts'
import { fullAuthorityName } from '#register/authority-name.ts'
import { known } from '#self-service/known.ts'
import { actingPart, type OwnVisit, ownPage, type Whose } from '#self-service/own/whose.ts'
import type { Tools } from '#self-service/settings.ts'
import type { Content } from '#web/layout.ts'
import { actions, buttonLink } from '#web/parts/actions.ts'
import { table } from '#web/parts/lists.ts'
import { sayReason } from '#web/reason.ts'

type Look = WhoLooked['items'][number]

export function lookedRoutes(app: FastifyInstance, tools: Tools): void {
  ownPage(app, tools, {
    method: 'GET',
    url: ({ whoLooked }) => whoLooked,
    scope: 'data',
    handler: async (visit) => {
      const { query, whose } = visit
      const cursor = query['before']
      if (cursor !== undefined && !/^[0-9a-z]{26}$/.test(cursor)) return visit.notFound()
      const from = cursor === undefined ? {} : { cursor }
      const looks = known(
        await tools.clients.json.own.whoLooked({ ...whose.asks, limit: 25, ...from }),
      )
      return visit.show(lookedContent(visit, looks, cursor !== undefined))
    },
  })
}

function lookedContent(visit: OwnVisit, looks: WhoLooked, isLater: boolean): Content {
  const { say, own } = visit
  const latest = say({ da: 'Til de nyeste', en: 'Show the newest' })
  const title = say({ da: 'Hvem har set dine oplysninger', en: 'Who has seen your data' })
  const [when, who, what] = [
    say({ da: 'Hvornår', en: 'When' }),
    say({ da: 'Hvem', en: 'Who' }),
    say({ da: 'Hvad og hvorfor', en: 'What and why' }),
  ]
  const rows = looks.items.map((look) => [
    say(sayInstant(new Date(look.at))),
    whoOf(visit, look),
    html`${say(look.text)}${hasReason(look) && html`<br><span class="site-quiet">${say(sayReason(look))}</span>`}`,
  ])
  const list =
    rows.length === 0
      ? html`<p>${say({ da: 'Der er ikke flere.', en: 'There are no more.' })}</p>`
      : table({ caption: title, isCaptionSpoken: true, head: [when, who, what], rows })
  return {
    title,
    body: html`${actingPart(visit)}<h1>${title}</h1>
<p class="font-lead">${say({
      da: 'Her er hver gang, nogen har slået dig op eller brugt dine oplysninger, også dig selv. Du kan se myndigheden, men ikke den enkelte medarbejder.',
      en: 'This lists each time somebody looked you up or used your data, including you. You can see the authority, but not the employee.',
    })}</p>
${list}
${actions(isLater && buttonLink(own.whoLooked, latest, 'secondary'), older(visit, looks))}
<p>${say({
      da: 'Undrer noget dig, så spørg den myndighed, der står i listen.',
      en: 'If anything here surprises you, ask the authority in the list.',
    })}</p>`,
  }
}

const hasReason = ({ purpose, given }: Look) => purpose !== undefined || given !== undefined

function older({ say, own }: OwnVisit, { next }: WhoLooked): Html | undefined {
  if (next === undefined) return undefined
  const text = say({ da: 'Vis ældre', en: 'Show older' })
  return buttonLink(`${own.whoLooked}?before=${next}`, text, 'secondary')
}

function whoOf({ say, whose }: OwnVisit, { askedBy, authority }: Look): string {
  if (askedBy !== undefined) return say(askers(whose)[askedBy])
  if (authority === undefined) return say({ da: 'Registret selv', en: 'The register itself' })
  return reportingCodes.has(authority.code) ? say(reporting) : fullAuthorityName(authority)
}

/** What reports for citizens has authority codes of its own, by names that nobody knows. */
const reportingCodes: ReadonlySet<string> = new Set(['0041', '0042'])
const reporting = {
  da: 'En selvbetjening for borgere',
  en: 'A self-service site for citizens',
}

/** Never who else it was: only what that one is to the person whose list it is. */
function askers({ name, power }: Whose): Readonly<Record<NonNullable<Look['askedBy']>, Text>> {
  if (power !== undefined) {
    const self = { da: `${name}, her på siden`, en: `${name}, on this site` }
    return {
      self,
      representative: {
        da: `En, der handler for ${name} efter fuldmagt`,
        en: `Somebody acting for ${name} by a power of attorney`,
      },
      // For whom the giver acts is no matter of the holder's.
      'for-another': self,
      another: {
        da: `En anden, hvis sag eller oplysninger ${name} indgår i`,
        en: `Somebody else, whose case or data ${name} is part of`,
      },
    }
  }
  return {
    self: { da: 'Dig selv, her på siden', en: 'Yourself, on this site' },
    representative: {
      da: 'En, der handler for dig efter fuldmagt',
      en: 'Somebody acting for you by a power of attorney',
    },
    'for-another': {
      da: 'Dig selv, for en anden efter fuldmagt',
      en: 'Yourself, for somebody else by a power of attorney',
    },
    another: {
      da: 'En anden, hvis sag eller oplysninger du indgår i',
      en: 'Somebody else, whose case or data you are part of',
    },
  }
}
