/** A password that changes itself, over both doors: in time, whatever is lost, and never locked out. */

import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { test } from 'node:test'
import { isDeepStrictEqual } from 'node:util'
import { refusalsOfPassword } from '#access/password-rules.ts'
import {
  type Fetch,
  type KeptPasswords,
  openGctp,
  openJson,
  type PasswordStore,
  Unavailable,
} from '#client/index.ts'
import { makePassword } from '#client/kept-passwords.ts'
import { openAccess } from '#store/access.ts'
import { createPersonCode } from '#store/person-codes.ts'
import { statement } from '#store/pool.ts'
import { openTestServer } from '#test/server.ts'

const dayMs = 86_400_000
let now = Date.now()
const server = await openTestServer({ clock: () => new Date(now) })
const { url, pool, ownerPool } = server
const access = openAccess(pool, randomBytes)

type Kept = PasswordStore & { readonly now: () => KeptPasswords; readonly seen: string[] }

function keep(first: KeptPasswords): Kept {
  let kept = first
  const seen = [first.current]
  return {
    seen,
    now: () => kept,
    read: async () => kept,
    replace: async (before, after) => {
      if (!isDeepStrictEqual(kept, before)) return false
      kept = after
      seen.push(after.next ?? after.current)
      return true
    },
  }
}

async function newCode(overlapMinutes = 0) {
  const wanted = { group: 'citizen', authority: '0042', overlapMinutes } as const
  const by = { actor: 'test', purpose: 'a test', now: new Date(now) }
  const made = await createPersonCode(access, wanted, by)
  assert.equal(made.kind, 'created')
  return { code: made.code, store: keep({ current: made.oneTimePassword ?? '' }) }
}

type Client = { readonly signOn: () => Promise<boolean> }
type Open = (code: string, passwords: PasswordStore, fetch?: Fetch) => Client

const doors: readonly (readonly [string, Open, (url: string, body: unknown) => boolean])[] = [
  [
    'JSON',
    (personCode, passwords, fetch) => {
      const client = openJson({ url, personCode, passwords, ...(fetch && { fetch }) })
      return { signOn: async () => (await client.signOn()).ok }
    },
    (to) => to.endsWith('/password'),
  ],
  [
    'GCTP',
    (userId, passwords, fetch) => {
      const client = openGctp({ url, userId, passwords, ...(fetch && { fetch }) })
      return { signOn: async () => (await client.signOn()).ok }
    },
    (_, body) => body instanceof Uint8Array && Buffer.from(body).includes('newpass'),
  ],
]

/** Wrong passwords in a row at most, ever: the evidence of the code, in its order. */
async function missesInARow(code: string): Promise<number> {
  const { rows } = await ownerPool.run(
    statement(
      'test-misses',
      `select receipt from audit where actor = $1 and act in ('sign-on', 'new-password')
       order by xid, id`,
    ),
    [code],
  )
  let [most, row] = [0, 0]
  for (const { receipt } of rows) {
    row = receipt === 905 ? row + 1 : 0
    most = Math.max(most, row)
  }
  return most
}

for (const [door, open, isChange] of doors) {
  test(`over ${door} a one-time password is changed at the first sign-on, and kept before that`, async () => {
    const { code, store } = await newCode()
    const fetch: Fetch = (to, init) => {
      if (isChange(to, init.body)) assert.ok(store.now().next)
      return globalThis.fetch(to, init)
    }
    assert.ok(await open(code, store, fetch).signOn())
    assert.equal(store.now().next, undefined)
    assert.equal(store.seen.length, 3)
    assert.ok(await open(code, store).signOn())
    assert.equal(store.seen.length, 3)
  })

  test(`over ${door} it is changed in its last 14 days, and also when it has ended`, async () => {
    const { code, store } = await newCode()
    assert.ok(await open(code, store).signOn())
    const first = store.now().current
    now += 75 * dayMs
    assert.ok(await open(code, store).signOn())
    assert.equal(store.now().current, first)
    now += 2 * dayMs
    assert.ok(await open(code, store).signOn())
    const second = store.now().current
    assert.notEqual(second, first)
    now += 200 * dayMs
    assert.ok(await open(code, store).signOn())
    assert.notEqual(store.now().current, second)
    assert.equal(await missesInARow(code), 0)
  })

  for (const [lost, sends] of [
    ['the answer to the change is lost', true],
    ['the change never arrives', false],
  ] as const) {
    test(`over ${door}, when ${lost}, the next sign-on finds out with one miss at most`, async () => {
      const { code, store } = await newCode()
      let losses = 0
      const fetch: Fetch = async (to, init) => {
        if (!isChange(to, init.body) || losses > 2) return globalThis.fetch(to, init)
        losses += 1
        if (sends) await globalThis.fetch(to, init)
        throw new TypeError('fetch failed')
      }
      const signed = await open(code, store, fetch)
        .signOn()
        .catch((error: unknown) => assert.ok(error instanceof Unavailable))
      assert.ok(signed || (await open(code, store).signOn()))
      assert.equal(store.now().next, undefined)
      assert.ok((await missesInARow(code)) <= 1)
    })
  }

  test(`over ${door} several machines with one store change it once, and all sign on`, async () => {
    const { code, store } = await newCode(60)
    assert.ok(await open(code, store).signOn())
    now += 80 * dayMs
    const clients = Array.from({ length: 4 }, () => open(code, store))
    const signed = await Promise.all(clients.map((client) => client.signOn()))
    assert.deepEqual(new Set(signed), new Set([true]))
    assert.ok(await open(code, store).signOn())
    assert.ok((await missesInARow(code)) < 5)
    const { rows } = await ownerPool.run(
      statement('test-passwords', 'select from password_history where person_code = $1'),
      [code],
    )
    assert.equal(rows.length, 3)
  })
}

test('a password that is made is never refused as easy to guess', () => {
  const made = Array.from({ length: 500 }, makePassword)
  for (const password of made) {
    assert.match(password, /^[b-df-hj-np-tv-xz]{38}\.aA1$/i)
    assert.deepEqual(refusalsOfPassword(password, 'W0000001'), [])
  }
  assert.equal(new Set(made).size, made.length)
})

test('a password of one’s own choice is kept as well, and a refused one is forgotten', async () => {
  const { code, store } = await newCode()
  const client = openJson({ url, personCode: code, passwords: store })
  assert.ok((await client.signOn()).ok)
  now += 2 * dayMs
  assert.ok(!(await client.changePassword('short')).ok)
  assert.equal(store.now().next, undefined)
  assert.ok((await client.changePassword('Grus-vej.48')).ok)
  assert.deepEqual(store.now(), { current: 'Grus-vej.48' })
  assert.ok((await client.signOn()).ok)
})
