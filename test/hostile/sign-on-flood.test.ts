/**
 * A flood of sign-ons at one person code, from several addresses and past every budget: whoever
 * else signs on does not notice (A14, A39). Addresses are told apart by a trusted proxy, which the
 * tests are; the room is small, so that the flood fills it ten times over.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { writeNewPassword, writeSignOn } from '#gctp/write-request.ts'
import { localListener } from '#http/listener.ts'
import { receiptsOf } from '#test/doors/refusing.ts'
import { type Reply, send, sendGctp } from '#test/doors/talk.ts'
import { openTestServer } from '#test/server.ts'

const room = { atWorkMax: 4, waitingMax: 8 }
const flooders = 10 * room.waitingMax
const server = await openTestServer({
  parts: {
    room,
    listener: {
      ...localListener,
      proxy: { proxies: ['127.0.0.1'], header: 'x-forwarded-for' },
    },
  },
})
const { codes } = server
const wrong = 'Forkert-9x'

function signOnFrom(source: string, personCode: string, password: string): Promise<Reply> {
  const headers = { 'x-forwarded-for': source }
  return send(server, { path: '/api/v1/sessions', headers, body: { personCode, password } })
}

/** As long as `work` goes on, as many as flood are always waiting; gives what they were answered. */
async function whileFlooded(
  code: string,
  work: () => Promise<unknown>,
  flood: (nth: number) => Promise<Reply> = (nth) => signOnFrom(`192.0.2.${nth % 5}`, code, wrong),
): Promise<readonly Reply[]> {
  const replies: Reply[] = []
  let isOver = false
  const one = async (nth: number) => {
    while (!isOver) {
      replies.push(await flood(nth))
      await pause(20)
    }
  }
  const all = Array.from({ length: flooders }, (_, nth) => one(nth))
  await work().finally(() => (isOver = true))
  await Promise.all(all)
  return replies
}

const turnedAway = (replies: readonly Reply[]) =>
  replies.filter((reply) => receiptsOf(reply.body).includes(9021))

const others = [codes.citizen, codes.municipality, codes.otherMunicipality, codes.office]

test('whoever else signs on is let in each time; the flood is told when to come again', async () => {
  const flooded = await server.newCode('municipality', '0751')
  const statuses: number[] = []
  const replies = await whileFlooded(flooded.code, () =>
    Promise.all(
      others.map(async ({ code, password }, nth) => {
        for (let time = 0; time < 5; time += 1) {
          const source = `198.51.100.${nth}`
          statuses.push((await signOnFrom(source, code, password)).status)
        }
      }),
    ),
  )
  assert.deepEqual(statuses, Array(20).fill(201))
  const away = turnedAway(replies)
  assert.ok(away.length > replies.length / 2, `${away.length} of ${replies.length} turned away`)
  for (const { status, headers } of away) {
    assert.equal(status, 429)
    assert.equal(headers['retry-after'], '5')
  }
})

test('nor does a flood from every network of one customer, each with a code of its own, fill the room', async () => {
  const statuses: number[] = []
  const replies = await whileFlooded(
    '',
    async () => {
      for (let time = 0; time < 3; time += 1) {
        for (const [nth, { code, password }] of others.entries()) {
          statuses.push((await signOnFrom(`2001:db8:9${nth}::1`, code, password)).status)
        }
      }
    },
    (nth) => {
      const network = (nth % 256).toString(16)
      return signOnFrom(`2001:db8:0:${network}::1`, `W9${String(nth).padStart(6, '0')}`, wrong)
    },
  )
  assert.deepEqual(statuses, Array(12).fill(201))
  assert.ok(turnedAway(replies).length > 0)
})

test('the control: in the line of the flood the same sign-ons are turned away', async () => {
  const flooded = await server.newCode('municipality', '0751')
  const replies: Reply[] = []
  await whileFlooded(flooded.code, async () => {
    for (let time = 0; time < 10; time += 1) {
      replies.push(await signOnFrom('192.0.2.1', flooded.code, flooded.password))
    }
  })
  assert.ok(turnedAway(replies).length > 0)
})

test('one who is turned away cannot tell whether there is such a person code', async () => {
  const flooded = await server.newCode('municipality', '0751')
  const bodies: string[] = []
  for (const code of [flooded.code, 'W9999999', 'no code at all']) {
    const replies = await whileFlooded(code, () =>
      signOnFrom('198.51.100.9', codes.office.code, codes.office.password),
    )
    const [away] = turnedAway(replies)
    assert.ok(away, `nobody was turned away at ${code}`)
    const { date: _, ...headers } = away.headers
    bodies.push(JSON.stringify([away.status, headers, away.bytes.toString()]))
  }
  assert.equal(new Set(bodies).size, 1, bodies.join('\n'))
})

test('GCTP says it with a receipt and the same header, for a sign-on and for a new password', async () => {
  const flooded = await server.newCode('municipality', '0751')
  const { code: userId } = flooded
  const message = {
    signOn: writeSignOn({ userId, password: wrong }),
    newPassword: writeNewPassword({ userId, password: wrong, newPassword: 'Grus-vej.48' }),
  }
  for (const bytes of Object.values(message)) {
    const replies = await whileFlooded(
      userId,
      () => signOnFrom('198.51.100.9', codes.office.code, codes.office.password),
      (nth) => sendGctp(server, bytes, undefined, { 'x-forwarded-for': `192.0.2.${nth % 5}` }),
    )
    const away = replies.filter(({ headers }) => headers['retry-after'] === '5')
    assert.ok(away.length > 0)
    for (const reply of away) assert.match(reply.bytes.toString('latin1'), /for travlt/)
  }
})
