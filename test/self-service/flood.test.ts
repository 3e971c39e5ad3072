/**
 * Floods at the citizens' site, over real HTTP: one citizen or one outsider far beyond what a
 * person asks for is told to wait, and the others do not notice (A39).
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { siteLimits } from '#self-service/limits.ts'
import { askUntil } from '#test/patience.ts'
import { openBetween } from '#test/self-service/between.ts'
import { openSite, type Site, type SiteOptions } from '#test/self-service/site.ts'
import { generousPages } from '#test/server.ts'

const proxy = { proxies: ['127.0.0.1'], header: 'x-forwarded-for' } as const
/** A tenth of everything, so that a flood is a test and not an afternoon. */
const scale = 0.1
const limits = { scale, processes: 1, proxy }
const between = await openBetween()
const parts = { budgets: { scale, processes: 1 } }
const first = await openSite({ parts, limits, cpr: between.cpr })
const { server } = first
// A tenth of its budget is one sign-on in six seconds: each of the site's two takes its turn here.
for (const ask of [
  () => first.cookieOf(server.scenario.ordinaryAdult),
  () => first.clients.gctp.stamp(server.scenario.ordinaryAdult),
]) {
  const isTaken = async () => {
    try {
      await ask()
      return true
    } catch {
      return false
    }
  }
  assert.ok(await askUntil(isTaken, Boolean), 'the site is signed on')
}
const personPages = scale * (siteLimits.page.perPerson ?? 0)
const sourceSignIns = scale * siteLimits['sign-in'].perSource

type Asked = {
  readonly cookie?: string
  readonly from?: string
  /** What is posted; a page is asked for where it is left out. */
  readonly form?: Readonly<Record<string, string>>
}
type Reply = { readonly status: number; readonly wait: string | null; readonly body: string }
type Ask = (path: string, asked?: Asked) => Promise<Reply>

async function open(options: SiteOptions = {}): Promise<Site & { readonly ask: Ask }> {
  const site = await openSite({ beside: first, limits, ...options })
  const url = await site.listen()
  const ask: Ask = async (path, { cookie, from = '192.0.2.1', form } = {}) => {
    const headers = {
      'x-forwarded-for': from,
      ...(cookie !== undefined && { cookie }),
      ...(form && { origin: 'https://site.example' }),
    }
    const sent = form ? { method: 'POST', body: new URLSearchParams(form) } : {}
    const answer = await fetch(`${url}${path}`, { ...sent, headers, redirect: 'manual' })
    const wait = answer.headers.get('retry-after')
    return { status: answer.status, wait, body: await answer.text() }
  }
  return { ...site, ask }
}

/** So many calls, some at once, and what each was answered. */
async function call(count: number, ask: (nth: number) => Promise<Reply>) {
  const replies: Reply[] = []
  let next = 0
  const work = async () => {
    while (next < count) {
      next += 1
      replies.push(await ask(next))
    }
  }
  await Promise.all(Array.from({ length: 8 }, work))
  return replies
}

const count = (replies: readonly Reply[], of: number) =>
  replies.filter(({ status }) => status === of).length

/** Every named person but the one who floods, each from a network of their own. */
async function othersAt({ cookieOf }: Site) {
  const { addresses: _, dead: __, ordinaryAdult: ___, ...persons } = server.scenario
  const numbers = [...new Set(Object.values(persons).flat())]
  return Promise.all(
    numbers.map(async (pnr, at) => ({ cookie: await cookieOf(pnr), from: `198.51.100.${at}` })),
  )
}

const search = '/en/addresses?municipality=0751&q=Irisv%C3%A6nget%201'
/** Forty times what one citizen may. */
const floodCount = 40 * scale * (siteLimits.search?.perPerson ?? 0)

/** The others look at their pages, each as often as one may, while that citizen goes on. */
async function lookBeside({ ask }: { readonly ask: Ask }, loud: Asked, others: readonly Asked[]) {
  const flood = call(floodCount, () => ask(search, loud))
  const shown = await call(others.length * personPages, (nth) =>
    ask(nth % 2 === 0 ? '/da/cases' : '/da/', others[nth % others.length]),
  )
  return { loud: await flood, shown }
}

test('one citizen far beyond what one may is told to wait, and the others notice nothing', async () => {
  const site = await open()
  const cookie = await site.cookieOf(server.scenario.ordinaryAdult)
  const others = await othersAt(site)
  const before = await call(floodCount, () => site.ask(search, { cookie }))
  const { loud: during, shown } = await lookBeside(site, { cookie }, others)
  const loud = [...before, ...during]
  assert.ok(shown.length >= 80, `${shown.length} pages of others`)
  assert.equal(count(shown, 200), shown.length, 'all that the others ask is shown')
  const served = count(loud, 200)
  assert.equal(served + count(loud, 429), loud.length)
  assert.ok(served >= scale * (siteLimits.search?.perPerson ?? 0), 'what one may is served')
  assert.ok(served < loud.length / 4, `${served} of the flood were served`)
  for (const { wait, body } of loud.filter(({ status }) => status === 429)) {
    assert.ok(Number(wait) >= 1, 'says when to come again')
    assert.equal(body, '{"items":[]}', 'quietly')
  }
})

test('a citizen is one in however many browsers and networks, and another one is not', async () => {
  const { ask, cookieOf } = await open()
  const { flatmates } = server.scenario
  const browsers = await Promise.all([1, 2, 3].map(() => cookieOf(flatmates[0])))
  const replies = await call(10 * personPages, (nth) =>
    ask('/en/nowhere', { cookie: browsers[nth % 3] ?? '', from: `192.0.2.${nth % 3}` }),
  )
  assert.ok(count(replies, 404) < 5 * personPages, `${count(replies, 404)} were served`)
  const other = { cookie: await cookieOf(flatmates[1]), from: '192.0.2.1' }
  assert.equal((await ask('/en/nowhere', other)).status, 404)
  const sent = await ask('/da/report/domestic-move', { cookie: browsers[0] ?? '', form: {} })
  assert.equal(sent.status, 303, 'what is sent is counted by itself')
  // On a slow machine another page is granted meanwhile.
  const told = (path: string, cookie = '') =>
    askUntil(
      () => ask(path, { cookie }),
      ({ status }) => status === 429,
    )
  const en = await told('/en/cases', browsers[0])
  assert.equal(en.status, 429)
  assert.match(en.body, /<h1>Please wait a moment<\/h1>/)
  const danish = await told('/da/', browsers[1])
  assert.match(danish.body, /<h1>Vent et øjeblik<\/h1>/)
  const style = /href="([^"]+\.css)"/.exec(danish.body)?.[1] ?? ''
  assert.equal((await ask(style, { cookie: browsers[0] ?? '' })).status, 200, 'and is dressed')
})

test('a form that came too soon is on the page that says so, and can be sent again', async () => {
  const { ask, cookieOf } = await open()
  const cookie = await cookieOf(server.scenario.child14)
  const form = { text: 'Jeg flyttede ikke <i dag>', seen: '7' }
  const sent = await call(40, () => ask('/da/report/nothing', { cookie, form }))
  assert.ok(count(sent, 404) >= scale * (siteLimits.send.perPerson ?? 0))
  const { wait, body } = sent.find(({ status }) => status === 429) ?? assert.fail('all were taken')
  assert.ok(Number(wait) >= 1)
  assert.match(body, /<form method="post" action="\/da\/report\/nothing"/)
  assert.match(body, /name="text" value="Jeg flyttede ikke &lt;i dag&gt;"/)
  assert.match(body, /name="seen" value="7"/)
})

test('who shares a network with a stranger that tries sign-ins goes on, and so does everybody else', async () => {
  const { ask, cookieOf } = await open()
  const answer = '/sign-in/answer?code=x&state=y'
  const before = between.came.length
  // One who has an address of IPv6 has the whole network around it.
  const tried = await call(20 * sourceSignIns, (nth) =>
    ask(answer, { from: `2001:db8:1:1::${nth}` }),
  )
  assert.ok(count(tried, 403) >= sourceSignIns && count(tried, 403) < 10 * sourceSignIns)
  assert.equal(count(tried, 403) + count(tried, 429), tried.length)
  assert.equal(between.came.length, before, 'none of them cost the CPR server anything')
  assert.equal((await ask(answer, { from: '2001:db8:1:2::1' })).status, 403)
  const cookie = await cookieOf(server.scenario.ordinaryAdult)
  const beside = await ask('/en/cases', { cookie, from: '2001:db8:1:1::7' })
  assert.equal(beside.status, 200)
})

test('a header of somebody who is no trusted proxy makes nobody another one', async () => {
  const { ask } = await open({
    limits: { ...limits, proxy: { ...proxy, proxies: ['192.0.2.250'] } },
  })
  const path = '/sign-in/answer?code=x&state=y'
  const tried = await call(10 * sourceSignIns, (nth) => ask(path, { from: `198.51.100.${nth}` }))
  assert.ok(count(tried, 429) > 0)
})

// The last one: it spends what the person code of all has.
test('without limits of the site the same citizen stops it for the others: the control', async () => {
  const site = await open({ limits: generousPages })
  const others = await othersAt(site)
  const loud = { cookie: await site.cookieOf(server.scenario.ordinaryAdult) }
  for (let round = 0; round < 30; round += 1) {
    const replies = await call(120, () => site.ask(search, loud))
    if (count(replies, 503) > 0) break
  }
  const { shown } = await lookBeside(site, loud, others)
  const lost = count(shown, 503)
  assert.ok(lost > 10, `${lost} of ${shown.length} pages were not shown`)
})
