/** What the contract test hears of the control of the log: a week is drawn, asked, judged, signed. */

import { drawWeek } from '#test/doors/drawn-week.ts'
import { type Request, type Said, signOn } from '#test/doors/talk.ts'
import type { TestServer } from '#test/server.ts'

/** One look-up of the last week, by the clerk of 0751, and what is said about it. */
export async function reviewSaid(server: TestServer, clerk: string): Promise<readonly Said[]> {
  const week = await drawWeek(server, [server.scenario.ordinaryAdult])
  const newReviewer = async () => signOn(server, await server.newCode('log-reviewer', '0751'))
  const [first, second] = [await newReviewer(), await newReviewer()]
  const get = (path: string, token: string): Request => ({ path: `/api/v1/${path}`, token })
  const post = (path: string, token: string, body?: object): Request => ({
    ...{ method: 'POST', path: `/api/v1/${path}`, token },
    ...(body && { body }),
  })
  const one = `log-reviews/${week}`
  const look = `${one}/look-ups/1`
  const [review, number] = ['log-reviews/{week}', 'log-reviews/{week}/look-ups/{number}']
  const answer = 'asked-look-ups/{week}/{number}/answer'
  const why = { text: 'Hvorfor?' }
  // As the review stands once it is asked about, and once it is judged.
  const sign = (version: number, token: string) => post(`${one}/sign-off`, token, { version })
  return [
    ['log-reviews', get('log-reviews', first), 200],
    ['log-reviews', get(`log-reviews?before=${week}`, first), 200],
    ['log-reviews', get('log-reviews', clerk), 403],
    [review, get(one, first), 200],
    [review, get('log-reviews/x', first), 404],
    [number, get(look, first), 200],
    [number, get(`${one}/look-ups/0`, first), 404],
    [`${number}/ask`, post(`${look}/ask`, first, why), 200],
    [`${number}/ask`, post(`${look}/ask`, first, { text: '' }), 422],
    ['asked-look-ups', get('asked-look-ups', clerk), 200],
    ['asked-look-ups', get('asked-look-ups', first), 403],
    [answer, post(`asked-look-ups/${week}/1/answer`, clerk, { text: 'En sag' }), 200],
    [answer, post(`asked-look-ups/${week}/2/answer`, clerk, { text: 'En sag' }), 404],
    ['asked-look-ups', get('asked-look-ups', clerk), 200],
    [`${review}/sign-off`, sign(2, first), 409],
    [`${number}/judge`, post(`${look}/judge`, first, { verdict: 'not-fine' }), 422],
    [`${number}/judge`, post(`${look}/judge`, first, { verdict: 'not-fine', note: 'Nej' }), 200],
    [number, get(look, first), 200],
    [`${review}/sign-off`, sign(2, first), 409],
    [`${review}/sign-off`, sign(3, first), 200],
    [`${review}/sign-off`, sign(3, first), 422],
    [`${review}/sign-off`, sign(3, second), 200],
    [review, get(one, second), 200],
  ]
}
