/** A password that ends soon: both doors warn in every answer, and the notices tell of it once. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openGctp, openJson } from '#client/index.ts'
import { writeSignOn } from '#gctp/write-request.ts'
import { runTimeWork } from '#server/time-work.ts'
import { houseOn } from '#test/casework/stand.ts'
import { fieldsOf, messagesFor, stamp } from '#test/doors/gctp-messages.ts'
import { sendGctp, signOnGctp } from '#test/doors/talk.ts'
import { askUntil } from '#test/patience.ts'
import { openTestServer } from '#test/server.ts'

const dayMs = 86_400_000
const begun = Date.now()
let now = begun
const server = await openTestServer({ clock: () => new Date(now) })
const { url, codes, scenario } = server
const { keyOf, update } = messagesFor(server)
const { ordinaryAdult } = scenario
/** The test server's passwords were chosen two days before it opened. */
const end = new Date(begun + 88 * dayMs)
const header = 'samspil-password-expires'

async function ask(path: string, token: string, body?: object) {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' }
  return await fetch(`${url}/api/v1${path}`, {
    method: body === undefined ? 'GET' : 'POST',
    headers,
    ...(body && { body: JSON.stringify(body) }),
  })
}

async function signOnJson({ code, password }: (typeof codes)['citizen']) {
  const answer = await ask('/sessions', '', { personCode: code, password })
  const { token }: { readonly token: string } = JSON.parse(await answer.text())
  return { answer, token }
}

/** One good answer, one refusal and one denial of each door, and what each says of the password. */
async function warnings(): Promise<readonly (readonly [string, boolean])[]> {
  const { code: userId, password } = codes.citizen
  const { answer, token } = await signOnJson(codes.citizen)
  const signedOn = await sendGctp(server, writeSignOn({ userId, password }))
  const gctpToken = await signOnGctp(server, codes.citizen)
  const gctp = async (bytes: Buffer) => (await sendGctp(server, bytes, gctpToken)).receipt
  const lookUp = { pnr: ordinaryAdult, purpose: 'a test' }
  const json: readonly (readonly [string, Response])[] = [
    ['JSON sign-on', answer],
    ['JSON done', await ask('/persons/lookup', token, lookUp)],
    ['JSON refused', await ask('/persons/lookup', token, { ...lookUp, pnr: '1' })],
    ['JSON denied', await ask('/pending', token)],
    ['JSON unknown', await ask('/incidents/flyt-i.x', token)],
    ['JSON notices', await ask('/notices', token)],
  ]
  const rows = [
    ['GCTP sign-on', signedOn.receipt],
    ['GCTP done', await gctp(stamp(fieldsOf({ PNR: ordinaryAdult })))],
    ['GCTP refused', await gctp(stamp(fieldsOf({ PNR: '1' })))],
    ['GCTP step', await gctp(update({ key: keyOf(ordinaryAdult) }))],
    ['GCTP denied', await gctp(update({ key: keyOf(ordinaryAdult), mk: '0751' }))],
    ['GCTP unknown', await gctp(update({ key: keyOf(ordinaryAdult), ts: '1'.repeat(20) }))],
  ] as const
  return [
    ...json.map(([what, { headers }]) => [what, headers.has(header)] as const),
    ...rows.map(([what, { details }]) => {
      return [what, details?.some(({ number }) => number === 9069) ?? false] as const
    }),
  ]
}

test('two weeks and a day before its end no answer warns', async () => {
  now = end.valueOf() - 15 * dayMs
  const all = await warnings()
  assert.deepEqual(
    all,
    all.map(([what]) => [what, false]),
  )
})

test('in the last two weeks every answer of both doors warns, and says when', async () => {
  now = end.valueOf() - 14 * dayMs
  const all = await warnings()
  assert.deepEqual(
    all,
    all.map(([what]) => [what, true]),
  )
  const { answer } = await signOnJson(codes.citizen)
  assert.equal(answer.headers.get(header), end.toISOString())
})

test('the receipt stays what real clients look at: its kind, its number and its text', async () => {
  const { code: userId, password } = codes.citizen
  const { receipt } = await sendGctp(server, writeSignOn({ userId, password }))
  assert.deepEqual(
    [receipt.kind, receipt.number, receipt.text],
    ['returKode', 900, 'Signon udført'],
  )
  const token = await signOnGctp(server, codes.citizen)
  const found = await sendGctp(server, stamp(fieldsOf({ PNR: ordinaryAdult })), token)
  assert.deepEqual([found.receipt.kind, found.receipt.number], ['Ok', 0])
})

test('the SDK hands the warning on, and never as a reason of a refusal', async () => {
  const { code, password } = codes.citizen
  const client = openGctp({ url, userId: code, password })
  const signed = await client.signOn()
  assert.match(signed.ok ? (signed.warnings[0]?.text ?? '') : '', /^Kodeordet udløber /)
  const refused = await client.stamp('1234567890')
  assert.ok(!refused.ok)
  assert.deepEqual([refused.receipt.details.length, refused.warnings.length], [1, 1])
})

test('a stranger, and whoever gave a wrong password, is warned of nothing', async () => {
  const answers = [
    await ask('/sessions', '', { personCode: codes.citizen.code, password: 'Wrong1!aaaa' }),
    await ask('/pending', 'x'.repeat(43)),
  ]
  for (const { status, headers } of answers) {
    assert.equal(status, 401)
    assert.equal(headers.has(header), false)
  }
})

test('the provider’s notices tell of it once, and what was seen is not told again', async () => {
  const { clock, ownerPool } = server
  const house = houseOn(ownerPool, clock)
  await runTimeWork(ownerPool, house)
  await runTimeWork(ownerPool, house)
  const { token } = await signOnJson(codes.citizen)
  const read = async (query: string) => {
    const answer = await ask(`/notices${query}`, token)
    const page: {
      readonly items: readonly { readonly kind: string; readonly endsAt?: string }[]
      readonly next: string
    } = JSON.parse(await answer.text())
    return page
  }
  // Other files' transactions hold the horizon back for a moment.
  const { items, next } = await askUntil(
    () => read(''),
    (page) => page.items.length >= 3,
  )
  const kinds = items.map(({ kind }) => kind)
  assert.deepEqual(kinds, ['created', 'password-changed', 'password-ends-soon'])
  assert.equal(items.at(-1)?.endsAt, end.toISOString())
  assert.deepEqual((await read(`?after=${next}`)).items, [])
  assert.equal((await read('?limit=1')).items.length, 1)
  assert.equal((await ask('/notices?after=nonsense', token)).status, 400)
  assert.equal((await ask('/notices', 'x'.repeat(43))).status, 401)
})

test('a new password ends the warning', async () => {
  const { code: personCode, password } = codes.citizen
  const client = openJson({ url, personCode, password })
  const changed = await client.changePassword(`Aa1:${'x'.repeat(8)}Grus`)
  assert.ok(changed.ok)
  const signed = await client.signOn()
  assert.equal(signed.ok && signed.value.passwordEndsSoon, false)
})
