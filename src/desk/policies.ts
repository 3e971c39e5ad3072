/** What the municipality lets the program decide: seen in words, tried, switched on by a second person. */

import type { FastifyRequest } from 'fastify'
import { sayInstant } from '#base/day-words.ts'
import { type Html, html, type Part } from '#base/html.ts'
import type { Text } from '#base/text.ts'
import type { DryRun, Policy, Problem } from '#client/index.ts'
import { dryRunPart } from '#desk/dry-run.ts'
import { paths, routes } from '#desk/paths.ts'
import type { Handler, Shown, Worker, workerPages } from '#desk/worker.ts'
import { formOf } from '#web/pages.ts'
import { backLink, button, form, hidden } from '#web/parts/actions.ts'
import { textInput } from '#web/parts/fields.ts'
import { table } from '#web/parts/lists.ts'
import { alert, errorSummary, type Fault } from '#web/parts/messages.ts'

export function policyPages(pages: ReturnType<typeof workerPages>): void {
  pages.get(routes.policies, showPolicies)
  pages.get(routes.policy, (worker, request) => showPolicy(worker, nameOf(request), []))
  pages.ask(routes.policyTry, tryPolicy)
  pages.post(routes.policyOn, switchOn)
  pages.post(routes.policyOff, switchOff)
}

const heading = { da: 'Automatiske afgørelser', en: 'Automatic decisions' }

const showPolicies: Handler = async ({ client, say, language }) => {
  const found = await client.policies.list()
  if (!found.ok) return { kind: 'problem', problem: found.problem }
  const title = say(heading)
  const intro = say({
    da: 'Et regelsæt lader systemet godkende de enkle sager, det beskriver. Det afviser aldrig. Det virker først, når en anden end den, der skrev det, slår det til.',
    en: 'A policy lets the program approve the plain cases that it describes. It never rejects. It takes effect only when somebody other than its author switches it on.',
  })
  const none = alert(say, 'info', {
    heading: say({ da: 'Kommunen har intet regelsæt', en: 'The municipality has no policy' }),
    body: say({
      da: 'Alle sager afgøres af sagsbehandlere.',
      en: 'All cases are decided by case workers.',
    }),
  })
  const head = [
    say({ da: 'Regelsæt', en: 'Policy' }),
    say({ da: 'Nyeste version', en: 'Latest version' }),
    say({ da: 'Skrevet af', en: 'Written by' }),
    say({ da: 'Status', en: 'State' }),
  ]
  const rows = found.value.map((policy): readonly Part[] => [
    html`<a href="${paths.policy(language, policy.name)}">${say(policy.title)}</a>`,
    policy.version,
    `${policy.madeBy}, ${say(sayInstant(new Date(policy.madeAt)))}`,
    policy.on ? say(onText(policy.on)) : say(off),
  ])
  const list =
    rows.length === 0 ? none : table({ caption: title, isCaptionSpoken: true, head, rows })
  return { kind: 'page', content: { title, body: html`<h1>${title}</h1><p>${intro}</p>${list}` } }
}

const off = { da: 'Slået fra', en: 'Off' }

function onText({ version, samplePercent }: NonNullable<Policy['on']>): Text {
  return {
    da: `Slået til: version ${version}. ${samplePercent} af 100 sager går til en sagsbehandler.`,
    en: `On: version ${version}. ${samplePercent} of 100 cases go to a case worker.`,
  }
}

async function showPolicy(
  worker: Worker,
  name: string,
  faults: readonly Fault[],
  tried?: DryRun,
): Promise<Shown> {
  const { client, say, language } = worker
  const found = await client.policies.get(name)
  if (!found.ok) return { kind: 'problem', problem: found.problem }
  const policy = found.value
  const title = say(policy.versions[0]?.document.title ?? { da: name, en: name })
  const stop = button({ text: say({ da: 'Slå fra', en: 'Switch off' }), look: 'warning' })
  const body = html`${backLink(say, paths.policies(language))}${errorSummary(say, faults)}
<h1>${title}</h1>
<p class="font-lead">${say(policy.on ? onText(policy.on) : off)}</p>
${policy.on && maySwitch(worker) && form(paths.policy(language, name, 'off'), stop)}
${tried && dryRunPart(worker, policy, tried)}
${policy.versions.map((version) => versionPart(worker, policy, version))}
${switchesPart(worker, policy)}`
  const status = faults.length > 0 ? 422 : 200
  return { kind: 'page', status, content: { title, body, hasErrors: faults.length > 0 } }
}

type Version = Policy['versions'][number]

function versionPart(worker: Worker, policy: Policy, version: Version): Html {
  const { say, language } = worker
  const { name, on } = policy
  const { version: number, madeBy, madeAt, clauses } = version
  const isOn = on?.version === number
  const texts = clauses.map(
    ({ title, incident, conditions }) =>
      html`<h3>${say(title)}</h3><p>${say({ da: `${incident.da} godkendes, når`, en: `${incident.en} is approved when` })}</p><ul>${conditions.map((text) => html`<li>${say(text)}</li>`)}</ul>`,
  )
  const attempt = form(
    paths.policy(language, name, 'try'),
    html`${hidden('version', String(number))}${button({ text: say({ da: `Prøv version ${number}`, en: `Try version ${number}` }), look: 'secondary' })}`,
  )
  const made = `${madeBy}, ${say(sayInstant(new Date(madeAt)))}`
  return html`<section class="site-panel" aria-labelledby="version-${number}"><h2 id="version-${number}">Version ${number}${isOn && html` <strong class="desk-mark desk-mark-warning">${say({ da: 'Slået til', en: 'On' })}</strong>`}</h2><p class="desk-by">${say({ da: 'Skrevet af', en: 'Written by' })} ${made}</p>${texts}<div class="site-actions">${attempt}</div>${!isOn && switchOnPart(worker, policy, version)}</section>`
}

function maySwitch({ session }: Worker): boolean {
  return session.rights.includes('switch-policies')
}

/** Four eyes: who wrote a version does not switch it on, and a case worker switches nothing. */
function switchOnPart(worker: Worker, { name, on }: Policy, { version: number, madeBy }: Version) {
  const { say, language, session } = worker
  if (!maySwitch(worker)) return html`<p>${say(byTeamLead)}</p>`
  if (madeBy === session.personCode) return html`<p>${say(byAnother)}</p>`
  const share = textInput(say, {
    id: `share-${number}`,
    name: 'share',
    label: say({
      da: 'Hvor mange af 100 sager skal gå til en sagsbehandler?',
      en: 'How many of 100 cases should go to a case worker?',
    }),
    value: String(on?.samplePercent ?? 10),
    digits: true,
    lengthMax: 3,
    width: 'xs',
  })
  return form(
    paths.policy(language, name, 'on'),
    html`${hidden('version', String(number))}${share}<div class="site-actions">${button({ text: say({ da: `Slå version ${number} til`, en: `Switch version ${number} on` }) })}</div>`,
  )
}

const byTeamLead = {
  da: 'En teamleder, der ikke har skrevet versionen, kan slå den til.',
  en: 'A team lead who did not write the version can switch it on.',
}
const byAnother = {
  da: 'Du har skrevet versionen. En anden teamleder skal slå den til.',
  en: 'You wrote the version. Another team lead must switch it on.',
}

function switchesPart({ say }: Worker, { switches }: Policy): Part {
  if (switches.length === 0) return ''
  const title = say({ da: 'Slået til og fra', en: 'Switched on and off' })
  const items = switches.map(({ at, by, version }) => {
    const what =
      version === undefined
        ? { da: 'fra', en: 'off' }
        : { da: `til, version ${version}`, en: `on, version ${version}` }
    return html`<li>${say(sayInstant(new Date(at)))}: ${say(what)}, ${by}</li>`
  })
  return html`<h2>${title}</h2><ul>${items}</ul>`
}

const tryPolicy: Handler = async (worker, request) => {
  const name = nameOf(request)
  const version = Number(formOf(request).one('version')) || 0
  const tried = await worker.client.policies.dryRun(name, { version })
  return tried.ok ? showPolicy(worker, name, [], tried.value) : refused(worker, name, tried.problem)
}

const switchOn: Handler = async (worker, request) => {
  const name = nameOf(request)
  const sent = formOf(request)
  const samplePercent = Number(sent.one('share').trim() || Number.NaN)
  const version = Number(sent.one('version')) || 0
  if (!Number.isInteger(samplePercent) || samplePercent < 1 || samplePercent > 100) {
    const text = worker.say({
      da: 'Skriv et helt tal fra 1 til 100',
      en: 'Enter a whole number from 1 to 100',
    })
    return showPolicy(worker, name, [{ id: `share-${version}`, text }])
  }
  const done = await worker.client.policies.switchOn(name, { version, samplePercent })
  return done.ok ? toPolicy(worker, name) : refused(worker, name, done.problem)
}

const switchOff: Handler = async (worker, request) => {
  const name = nameOf(request)
  const done = await worker.client.policies.switchOff(name)
  return done.ok ? toPolicy(worker, name) : refused(worker, name, done.problem)
}

function toPolicy({ language }: Worker, name: string): Shown {
  return { kind: 'go', to: paths.policy(language, name) }
}

/** As that the writer of a version may not switch it on. */
async function refused(worker: Worker, name: string, problem: Problem): Promise<Shown> {
  if (problem.refusals.length === 0 || problem.status === 404 || problem.status === 401) {
    return { kind: 'problem', problem }
  }
  return showPolicy(
    worker,
    name,
    problem.refusals.map(({ text }) => ({ text: worker.say(text) })),
  )
}

function nameOf({ params }: FastifyRequest): string {
  const given = typeof params === 'object' && params !== null && 'name' in params
  return given ? String(params.name) : ''
}
