/** The embedded PostgreSQL with real servers: crashes, left-overs, and who may not start. */

import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { checkDurability } from '#store/durability.ts'
import { prepareBinaries } from '#store/embedded/binaries.ts'
import { assertEnterable, serverIdentity } from '#store/embedded/identity.ts'
import { isReady, stopServer } from '#store/embedded/left-over.ts'
import { isAlive, waitUntilGone } from '#store/embedded/processes.ts'
import { startEmbedded } from '#store/embedded/start.ts'
import { openPool } from '#store/pool.ts'
import { until } from '#test/patience.ts'
import { root } from '#test/step.ts'

const isRoot = process.getuid?.() === 0
const identity = serverIdentity()
const base = realpathSync(mkdtempSync(join(tmpdir(), 'samspil-embedded-')))
// PostgreSQL may run as nobody here, who has to pass.
chmodSync(base, 0o755)
after(() => rmSync(base, { recursive: true, force: true }))

let folders = 0
function newFolder(): string {
  folders += 1
  return join(base, `data-${folders}`)
}

async function script(url: string, text: string): Promise<readonly unknown[]> {
  const pool = openPool(url, { max: 1 })
  try {
    const { rows } = await pool.script(text)
    return rows.map((row) => Object.values(row)[0])
  } finally {
    await pool.close()
  }
}

type Held = { readonly child: ChildProcess; readonly said: Record<string, unknown> }

async function hold(dataDir: string, uid?: { uid: number; gid: number }): Promise<Held> {
  const program = join(root, 'test/embedded-holder.ts')
  const child = spawn(process.execPath, [program, dataDir], {
    ...uid,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(child.stdout, 'data')
  return { child, said: JSON.parse(String(line)) }
}

async function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill(signal)
  await once(child, 'exit')
}

test('data survive a stop and a start, and the folder is closed to others', async () => {
  const dataDir = newFolder()
  const first = await startEmbedded({ dataDir })
  await script(first.url, 'create table kept as select 42 as value')
  await first.stop()
  const second = await startEmbedded({ dataDir })
  try {
    assert.deepEqual(await script(second.url, 'select value from kept'), [42])
    assert.equal(statSync(dataDir).mode & 0o777, 0o700)
    assert.equal(statSync(join(dataDir, 'password')).mode & 0o777, 0o600)
    assert.ok(!readdirSync(dataDir).includes('initdb-password'))
  } finally {
    await second.stop()
  }
})

test('every commit is durable, and nothing but loopback is listened to', async () => {
  const server = await startEmbedded({ dataDir: newFolder() })
  const pool = openPool(server.url)
  try {
    await checkDurability(pool)
    assert.deepEqual(await script(server.url, 'show listen_addresses'), ['127.0.0.1'])
    assert.deepEqual(await script(server.url, 'show server_encoding'), ['UTF8'])
    await assert.rejects(script(server.url.replace(/:[0-9a-f]{48}@/, ':wrong@'), 'select 1'), {
      code: '28P01',
    })
  } finally {
    await pool.close()
    await server.stop()
  }
})

test('a database whose commits may be lost is refused in both languages', async () => {
  const server = await startEmbedded({ dataDir: newFolder() })
  try {
    await script(server.url, 'alter role samspil_owner set synchronous_commit = off')
    const pool = openPool(server.url)
    await assert.rejects(
      checkDurability(pool),
      /synchronous_commit is off.*synchronous_commit er off/,
    )
    await pool.close()
  } finally {
    await server.stop()
  }
})

test('a server of somebody else on the folder is left alone, and its fsync=off is refused', async () => {
  const dataDir = newFolder()
  const first = await startEmbedded({ dataDir })
  const port = first.port
  await first.stop()
  const { postgres } = await prepareBinaries(identity)
  const cluster = join(dataDir, 'pg')
  const args = ['-D', cluster, '-c', 'fsync=off', '-p', String(port), '-k', dataDir]
  const stranger = spawn(postgres, args, { ...identity, cwd: dataDir, stdio: 'ignore' })
  const pid = Number(stranger.pid)
  try {
    await until('ready', () => isReady(cluster, pid))
    const pool = openPool(first.url)
    await assert.rejects(checkDurability(pool), /fsync is off/)
    await pool.close()
    await assert.rejects(
      startEmbedded({ dataDir }),
      new RegExp(`did not start \\(process ${pid}\\)`),
    )
    assert.ok(isAlive(pid))
  } finally {
    await stopServer(pid)
  }
})

test('a second start on the folder is refused and says who has it', async () => {
  const dataDir = newFolder()
  const { child, said } = await hold(dataDir)
  try {
    const inUse = new RegExp(`in use by another Samspil \\(process ${child.pid}\\)`)
    await assert.rejects(startEmbedded({ dataDir }), inUse)
    assert.deepEqual(await script(String(said['url']), 'select 1'), [1])
  } finally {
    await end(child, 'SIGTERM')
  }
})

test('of four that start at once on a new folder exactly one gets it', async () => {
  const dataDir = newFolder()
  const held = await Promise.all([1, 2, 3, 4].map(() => hold(dataDir)))
  try {
    assert.equal(
      held.filter(({ said }) => 'url' in said).length,
      1,
      JSON.stringify(held.map((h) => h.said)),
    )
    for (const { said } of held) {
      if ('refusal' in said) assert.match(String(said['refusal']), /in use by another Samspil/)
    }
  } finally {
    await Promise.all(held.map(({ child }) => end(child, 'SIGTERM')))
  }
})

test('after kill -9 of the program its server is stopped and every row is there', async () => {
  const dataDir = newFolder()
  const { child, said } = await hold(dataDir)
  await script(String(said['url']), 'create table kept as select generate_series(1, 500) as value')
  await end(child, 'SIGKILL')
  const orphan = Number(said['pid'])
  assert.ok(isAlive(orphan))
  const lines: string[] = []
  const server = await startEmbedded({ dataDir, log: (line) => lines.push(line) })
  try {
    assert.match(lines.join(), new RegExp(`left behind \\(process ${orphan}\\)`))
    assert.ok(!isAlive(orphan))
    assert.deepEqual(await script(server.url, 'select count(*) from kept'), [500])
  } finally {
    await server.stop()
  }
})

test('of four that start at once after a crash exactly one gets the folder', async () => {
  const dataDir = newFolder()
  const crashed = await hold(dataDir)
  await end(crashed.child, 'SIGKILL')
  const held = await Promise.all([1, 2, 3, 4].map(() => hold(dataDir)))
  try {
    assert.equal(
      held.filter(({ said }) => 'url' in said).length,
      1,
      JSON.stringify(held.map((h) => h.said)),
    )
  } finally {
    await Promise.all(held.map(({ child }) => end(child, 'SIGTERM')))
  }
})

test('after kill -9 of program and server every row is there', async () => {
  const dataDir = newFolder()
  const { child, said } = await hold(dataDir)
  await script(String(said['url']), 'create table kept as select generate_series(1, 500) as value')
  await end(child, 'SIGKILL')
  process.kill(Number(said['pid']), 'SIGKILL')
  assert.ok(await waitUntilGone(Number(said['pid']), 120_000))
  const server = await startEmbedded({ dataDir })
  try {
    assert.deepEqual(await script(server.url, 'select count(*) from kept'), [500])
  } finally {
    await server.stop()
  }
})

test('a postmaster.pid whose number another program has now does not bar the way', async () => {
  const dataDir = newFolder()
  const first = await startEmbedded({ dataDir })
  await first.stop()
  const other = spawn('sleep', ['600'], { ...identity, stdio: 'ignore' })
  const left = join(dataDir, 'pg', 'postmaster.pid')
  try {
    writeFileSync(left, `${other.pid}\n${join(dataDir, 'pg')}\n1700000000\n5432\n\n\n\nready\n`)
    if (identity !== undefined) chownSync(left, identity.uid, identity.gid)
    const second = await startEmbedded({ dataDir })
    await second.stop()
    assert.ok(isAlive(Number(other.pid)))
  } finally {
    await end(other, 'SIGKILL')
  }
})

test('what an interrupted making of the data left is thrown away', async () => {
  const dataDir = newFolder()
  mkdirSync(join(dataDir, 'pg.partial', 'base'), { recursive: true })
  writeFileSync(join(dataDir, 'password'), 'half')
  const server = await startEmbedded({ dataDir })
  await server.stop()
  assert.ok(!existsSync(join(dataDir, 'pg.partial')))
})

test('a folder with other things in it is not taken over', async () => {
  const dataDir = newFolder()
  mkdirSync(dataDir)
  writeFileSync(join(dataDir, 'thesis.txt'), 'precious')
  await assert.rejects(startEmbedded({ dataDir }), /not empty.*there is thesis\.txt/)
  assert.equal(statSync(dataDir).uid, process.getuid?.())
})

test('data of another major version are refused by name', async () => {
  const dataDir = newFolder()
  const server = await startEmbedded({ dataDir })
  await server.stop()
  writeFileSync(join(dataDir, 'pg', 'PG_VERSION'), '14\n')
  await assert.rejects(startEmbedded({ dataDir }), /data of PostgreSQL 14, .* brings PostgreSQL 15/)
})

test('a port that is taken is named', async () => {
  const holder = createServer().listen(0, '127.0.0.1')
  await once(holder, 'listening')
  const address = holder.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  try {
    await assert.rejects(
      startEmbedded({ dataDir: newFolder(), port }),
      new RegExp(`port ${port} is in use by another program`),
    )
  } finally {
    holder.close()
  }
})

test('a folder with a long path is served over the network socket alone', async () => {
  const dataDir = join(newFolder(), 'x'.repeat(100))
  const server = await startEmbedded({ dataDir })
  try {
    assert.equal(new URL(server.url).search, '')
    assert.deepEqual(await script(server.url, 'select 1'), [1])
  } finally {
    await server.stop()
  }
})

/** Not below a home of root that only root may enter: that user could run no program of ours. */
function mayRunAsOther(): boolean {
  if (identity === undefined) return false
  try {
    for (const path of [process.execPath, join(root, 'test')]) {
      assertEnterable(realpathSync(path), identity)
    }
    return true
  } catch {
    return false
  }
}

test('an ordinary user runs it as himself', { skip: !mayRunAsOther() }, async () => {
  const dataDir = newFolder()
  mkdirSync(dataDir)
  if (identity !== undefined) chownSync(dataDir, identity.uid, identity.gid)
  const { child, said } = await hold(dataDir, identity)
  try {
    assert.deepEqual(await script(String(said['url']), 'select 1'), [1])
    assert.equal(statSync(join(dataDir, 'password')).uid, identity?.uid)
  } finally {
    await end(child, 'SIGTERM')
  }
})

test('for root, the folder that nobody may not enter is named', { skip: !isRoot }, async () => {
  const closed = newFolder()
  mkdirSync(closed, { mode: 0o700 })
  const text = new RegExp(`may not enter ${closed}\\. Choose a data folder elsewhere`)
  await assert.rejects(startEmbedded({ dataDir: join(closed, 'data') }), text)
})

test('the log of the server holds no value of a statement', async () => {
  const dataDir = newFolder()
  const server = await startEmbedded({ dataDir })
  await script(server.url, 'create table single (value text primary key)')
  await script(server.url, `insert into single values ('secret')`)
  await assert.rejects(script(server.url, `insert into single values ('secret')`))
  await assert.rejects(script(server.url, `select 'secret'::int`))
  await server.stop()
  const log = readFileSync(join(dataDir, 'log', 'postgres.log'), 'utf8')
  assert.match(log, /ready to accept connections/)
  assert.doesNotMatch(log, /secret/)
})
