/**
 * What a program that cannot do its work says, and that it ends: by the wrong login, the wrong
 * address, the wrong settings. Whoever supervises it sees the end, and a reader of the log why.
 */

import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import { test } from 'node:test'
import { openTestDatabase } from '#test/database.ts'
import { run, withVariables } from '#test/e2e/programs.ts'

const { url: appUrl, ownerUrl, adminUrl } = await openTestDatabase()

type Ended = { readonly code: number | null; readonly printed: string }

async function ends(
  variables: Readonly<Record<string, string>>,
  ...args: readonly string[]
): Promise<Ended> {
  const end = await withVariables(variables, () => run(...args))
  assert.notEqual(end.code, 0, end.printed)
  assert.match(end.printed.trimEnd(), /(?:^|\n)samspil: /)
  assert.doesNotMatch(end.printed, /^ {4}at /m, 'no stack')
  return end
}

const serve = ['server', '--port', '0'] as const

test('the server runs as nobody whom row-level security does not bind, and not as an administrator', async () => {
  const owner = await ends({ DATABASE_URL: ownerUrl }, ...serve)
  assert.match(owner.printed, /which may do too much: .* Name samspil_app in DATABASE_URL/)
  const admin = await ends({ DATABASE_URL: adminUrl }, ...serve)
  assert.match(admin.printed, /logs in as samspil_admin, which may not do this: name samspil_app/)
})

test('nobody administers or migrates as the program', async () => {
  const listing = await ends({ DATABASE_URL: appUrl }, 'person-code', 'list')
  assert.match(listing.printed, /logs in as samspil_app, which may not do this: name samspil_admin/)
  const migration = await ends({ DATABASE_URL: appUrl }, 'migrate')
  assert.match(migration.printed, /logs in as samspil_app, which may not change them: name \w+ in/)
})

test('a program that cannot listen ends and says why', async () => {
  const holder = createServer()
  await new Promise<void>((done) => holder.listen(0, '127.0.0.1', done))
  try {
    const address = holder.address()
    assert.ok(typeof address === 'object' && address !== null)
    const port = String(address.port)
    const taken = await ends({ DATABASE_URL: appUrl }, 'server', '--port', port)
    assert.match(taken.printed, new RegExp(`Port ${port} of 127\\.0\\.0\\.1 is taken\\.`))
    const elsewhere = await ends({ DATABASE_URL: appUrl }, ...serve, '--host', '192.0.2.1')
    assert.match(elsewhere.printed, /192\.0\.2\.1 is no address of this machine/)
  } finally {
    holder.close()
  }
})

test('every setting that is wrong is told at once', async () => {
  const wrong = { SAMSPIL_CONECTIONS: '5', SAMSPIL_LOG: 'loud', SAMSPIL_STOP_DELAY: 'soon' }
  const { printed } = await ends({ DATABASE_URL: appUrl, ...wrong }, ...serve)
  assert.match(printed, /SAMSPIL_CONECTIONS is no setting/)
  assert.match(printed, /SAMSPIL_LOG must be one of/)
  assert.match(printed, /SAMSPIL_STOP_DELAY must be a whole number from 0 to 600/)
})
