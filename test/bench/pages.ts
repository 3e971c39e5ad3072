/**
 * `npm run bench -- --pages`: what each page of the citizens' site takes in the site and in the CPR
 * server behind it, over HTTP between the two, and what a browser fetches at its first visit.
 */

import { cpus, loadavg } from 'node:os'
import { assert, present } from '#base/assert.ts'
import { addDays, danishDate } from '#base/calendar.ts'
import type { Bar } from '#test/bench/bars.ts'
import { quantile } from '#test/bench/result.ts'
import { type Citizen, dayFields, openSite, type Page, type Site } from '#test/self-service/site.ts'

export type PageFigures = {
  readonly name: string
  /** Milliseconds, of so many rounds. */
  readonly ms: readonly number[]
  /** With style, scripts and icons as they are sent, without fonts. */
  readonly firstVisitBytes: number
}

const rounds = 100
/** The first ones plan and compile. */
const warmUps = 15
const p95Max = 50
const bytesMax = 150 * 1024

export async function measurePages(
  persons: number,
  say: (line: string) => void,
): Promise<readonly PageFigures[]> {
  say(`loading ${persons.toLocaleString('en')} persons`)
  const site = await openSite({ persons })
  try {
    const citizen = await site.as(site.server.scenario.familyOfFour[0], 'Anne Andersen')
    const paths = await writeReports(site, citizen)
    const figures: PageFigures[] = []
    for (const [name, path] of paths) {
      const by = name === 'before signing in' ? site.stranger : citizen
      figures.push({ name, ...(await measure(by, path)) })
    }
    return figures
  } finally {
    await site.close()
  }
}

async function measure(citizen: Citizen, path: string) {
  const ms: number[] = []
  let page = await citizen.get(path)
  for (let round = -warmUps; round < rounds; round += 1) {
    const from = performance.now()
    page = await citizen.get(path)
    if (round >= 0) ms.push(performance.now() - from)
    assert(page.status === 200, `${path}: ${page.status}`)
  }
  return { ms, firstVisitBytes: await weigh(citizen, page) }
}

async function weigh(citizen: Citizen, { body }: Page): Promise<number> {
  const links = [...body.matchAll(/(?:href|src)="(\/assets\/[^"#]+)/g)].map(([, link = '']) => link)
  const files = [...new Set(links)].filter((link) => !link.endsWith('.woff2'))
  const sizes = await Promise.all(files.map(async (link) => (await citizen.get(link)).bytes))
  return sizes.reduce((sum, size) => sum + size, Buffer.byteLength(body))
}

/** One that is sent and one that is being written, and every page there is for who wrote them. */
async function writeReports(site: Site, citizen: Citizen) {
  const sent = await answerAll(site, citizen, 0)
  const [, seen = ''] =
    /name="seen" value="(\d+)"/.exec((await citizen.get(`${sent}/check`)).body) ?? []
  const saved = await citizen.post(`${sent}/check`, { seen, confirm: 'yes' })
  assert(saved.location.endsWith('/receipt'), 'a report is sent')
  const open = await answerAll(site, citizen, 1)
  const cases = await citizen.get('/da/cases')
  const [, one = ''] = /href="(\/da\/cases\/[^"/]+)"/.exec(cases.body) ?? []
  return [
    ['before signing in', '/da/'],
    ['start', '/da/'],
    ['what a report is', '/da/report/domestic-move'],
    ['a day', `${open}/date`],
    ['an address', `${open}/address`],
    ['addresses while typing', '/da/addresses?municipality=0751&q=hy'],
    ['companions', `${open}/companions`],
    ['check and send', `${open}/check`],
    ['receipt', `${sent}/receipt`],
    ['your cases', '/da/cases'],
    ['a case', one],
    ['letters', '/da/letters'],
    ['your data', '/da/my-data'],
    ['who looked', '/da/who-looked'],
    ['powers of attorney', '/da/powers'],
    ['your children', '/da/children'],
  ] as const
}

async function answerAll({ server }: Site, citizen: Citizen, nth: number): Promise<string> {
  const begun = await citizen.post('/da/report/domestic-move')
  const at = begun.location.replace(/\/[a-z]+$/, '')
  const day = addDays(danishDate(server.clock()), 3)
  await citizen.post(`${at}/date`, dayFields('date', day))
  const empty = server.addresses.filter((each) => each.municipality === '0751' && !each.residents)
  const { road, house, floor, door } = present(empty[nth], 'an empty dwelling')
  const choice = [road, house, floor, door].join('|')
  await citizen.post(`${at}/address`, { municipality: '0751', choice })
  for (let next = await citizen.get(`${at}/check`); next.location !== ''; ) {
    await citizen.post(next.location)
    next = await citizen.get(`${at}/check`)
  }
  return at
}

export function barsOfPages(figures: readonly PageFigures[]): readonly Bar[] {
  const slowest = Math.max(...figures.map(({ ms }) => quantile(ms, 0.95)))
  const heaviest = Math.max(...figures.map(({ firstVisitBytes }) => firstVisitBytes))
  return [
    {
      text: `95 % of the views of every page within ${p95Max} ms`,
      found: `${slowest.toFixed(1)} ms`,
      kept: slowest <= p95Max,
    },
    {
      text: 'the first visit of every page below 150 KB without fonts',
      found: `${(heaviest / 1024).toFixed(0)} KB`,
      kept: heaviest <= bytesMax,
    },
  ]
}

export function printedPages(figures: readonly PageFigures[], bars: readonly Bar[]): string {
  const row = (name: string, cells: readonly string[]) =>
    name.padEnd(26) + cells.map((cell) => cell.padStart(10)).join('')
  return [
    '',
    `Pages of the citizens' site: milliseconds of ${rounds} views, and what a first visit fetches.`,
    row('', ['median', '95 %', 'longest', 'KB']),
    ...figures.map(({ name, ms, firstVisitBytes }) =>
      row(name, [
        ...[0.5, 0.95, 1].map((share) => quantile(ms, share).toFixed(1)),
        (firstVisitBytes / 1024).toFixed(0),
      ]),
    ),
    '',
    `Load of the machine meanwhile: ${loadavg()[0]?.toFixed(1)} on ${cpus().length} cores.`,
    ...bars.map(({ text, found, kept }) => `${kept ? 'kept  ' : 'MISSED'}  ${text}: ${found}`),
    '',
  ].join('\n')
}
