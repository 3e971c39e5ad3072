/**
 * The set-up on a copy of itself, with a stand-in for npm that says what it was asked to do: who
 * installs and when, how a run is handed over, and what is said when it cannot be.
 */

import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, test } from 'node:test'
import { root } from '#test/step.ts'

/** Does what npm ci does to the record of what is installed, slowly, and writes a line about it. */
const npm = `#!/bin/sh
echo "$PWD $*" >> "$NPM_CALLS"
[ -z "$NPM_FAILS" ] || { echo 'npm error network is down' >&2; exit 7; }
sleep 0.3
mkdir -p node_modules
cp package-lock.json node_modules/.package-lock.json
`

let copy = ''
let calls = ''

beforeEach(() => {
  copy = mkdtempSync(join(tmpdir(), 'samspil-set-up-'))
  calls = join(copy, 'npm-calls')
  cpSync(join(root, 'set-up'), join(copy, 'set-up'), {
    recursive: true,
    filter: (path) => !path.includes('node_modules'),
  })
  cpSync(join(root, 'samspil'), join(copy, 'samspil'))
  const lock = { packages: { '': {}, 'node_modules/one': { integrity: 'sha512-a' } } }
  writeFileSync(join(copy, 'package-lock.json'), JSON.stringify(lock))
  writeFileSync(calls, '')
  mkdirSync(join(copy, 'bin'))
  writeFileSync(join(copy, 'bin', 'npm'), npm, { mode: 0o755 })
  mkdirSync(join(copy, 'src', 'cli'), { recursive: true })
  const main = 'console.log(JSON.stringify([process.argv.slice(2), process.cwd()]))'
  writeFileSync(join(copy, 'src', 'cli', 'main.ts'), main)
})

afterEach(() => rmSync(copy, { recursive: true, force: true }))

type Ended = { readonly code: number | null; readonly out: string; readonly err: string }

function start(
  command: string,
  args: readonly string[],
  more: Record<string, string> = {},
): ChildProcess {
  const path = `${join(copy, 'bin')}:${dirname(process.execPath)}:/usr/bin:/bin`
  const env = { PATH: path, HOME: copy, NPM_CALLS: calls, ...more }
  return spawn(command, [...args], { cwd: '/', env, stdio: ['ignore', 'pipe', 'pipe'] })
}

async function ended(child: ChildProcess): Promise<Ended> {
  let [out, err] = ['', '']
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    out += text
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    err += text
  })
  const [code] = await once(child, 'close')
  return { code, out, err }
}

function run(file: string, args: readonly string[] = [], more: Record<string, string> = {}) {
  return ended(start(process.execPath, [join(copy, 'set-up/run.mjs'), file, ...args], more))
}

function installs(): number {
  return readFileSync(calls, 'utf8').split('\n').length - 1
}

test('the first run installs and says so in a line; the next ones do neither', async () => {
  const first = await run('src/cli/main.ts', ['a', 'b c'])
  assert.deepEqual(JSON.parse(first.out), [['a', 'b c'], '/'])
  assert.match(first.err, /^samspil: installing the packages; .*\n$/)
  const second = await run('src/cli/main.ts')
  assert.equal(second.err, '')
  assert.equal(installs(), 1)
  assert.match(readFileSync(calls, 'utf8'), / ci --ignore-scripts .*--loglevel=error$/m)
})

test('another lock file is installed anew', async () => {
  await run('src/cli/main.ts')
  const lock = { packages: { '': {}, 'node_modules/one': { integrity: 'sha512-b' } } }
  writeFileSync(join(copy, 'package-lock.json'), JSON.stringify(lock))
  await run('src/cli/main.ts')
  assert.equal(installs(), 2)
})

test('packages that somebody installed by hand are taken when they are the right ones', async () => {
  mkdirSync(join(copy, 'node_modules'))
  cpSync(join(copy, 'package-lock.json'), join(copy, 'node_modules/.package-lock.json'))
  assert.equal((await run('src/cli/main.ts')).code, 0)
  assert.equal(installs(), 0)
})

test('of four at once one installs and the others wait for it', async () => {
  const all = await Promise.all([1, 2, 3, 4].map(() => run('src/cli/main.ts')))
  assert.deepEqual(
    all.map(({ code }) => code),
    [0, 0, 0, 0],
  )
  assert.equal(installs(), 1)
})

test('the lock of a dead set-up is taken over by one of four, and no lock is left', async () => {
  const dead = spawn('true')
  await once(dead, 'exit')
  const lock = join(copy, 'set-up', '.lock')
  mkdirSync(lock)
  const holder = { pid: dead.pid, host: hostname(), token: 'of-the-dead' }
  writeFileSync(join(lock, 'holder'), JSON.stringify(holder))
  const all = await Promise.all([1, 2, 3, 4].map(() => run('src/cli/main.ts')))
  assert.deepEqual(
    all.map(({ code }) => code),
    [0, 0, 0, 0],
  )
  assert.equal(installs(), 1)
  assert.ok(!existsSync(lock))
})

test('when npm fails, its words are shown and the run ends with 1', async () => {
  const { code, err } = await run('src/cli/main.ts', [], { NPM_FAILS: 'yes' })
  assert.equal(code, 1)
  assert.match(err, /npm ci failed in .* \(exit code 7\).*\n\nnpm error network is down\n/)
  assert.doesNotMatch(err, / {4}at /)
})

test('without a home npm gets a folder of its own for its cache', async () => {
  assert.equal((await run('src/cli/main.ts', [], { HOME: '' })).code, 0)
  assert.equal(installs(), 1)
})

test('a link in place of the packages is not installed through', async () => {
  mkdirSync(join(copy, 'elsewhere'))
  symlinkSync(join(copy, 'elsewhere'), join(copy, 'node_modules'))
  const { code, err } = await run('src/cli/main.ts')
  assert.equal(code, 1)
  assert.match(err, /node_modules is a link and does not match/)
  assert.equal(installs(), 0)
})

test('the exit code of the program is passed on', async () => {
  writeFileSync(join(copy, 'five.ts'), 'process.exit(5)')
  assert.equal((await run('five.ts')).code, 5)
})

test('a program ended by a signal gives 128 and its number', async () => {
  writeFileSync(join(copy, 'gone.ts'), `process.kill(process.pid, 'SIGKILL')`)
  assert.equal((await run('gone.ts')).code, 137)
})

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  test(`${signal} reaches the program, which decides how to end`, async () => {
    const file = `process.on('${signal}', () => process.exit(42)); setInterval(() => {}, 1e6)
      console.log('ready')`
    writeFileSync(join(copy, 'waits.ts'), file)
    const child = start(process.execPath, [join(copy, 'set-up/run.mjs'), 'waits.ts'])
    const end = ended(child)
    if (child.stdout) await once(child.stdout, 'data')
    child.kill(signal)
    assert.equal((await end).code, 42)
  })
}

test('the command works through a link, from another folder', async () => {
  const link = join(copy, 'bin', 'samspil')
  symlinkSync('../samspil', link)
  const { out, code } = await ended(start(link, ['x y']))
  assert.equal(code, 0)
  assert.deepEqual(JSON.parse(out), [['x y'], '/'])
})

test('the command works on a checkout that is read-only by then', async () => {
  await run('src/cli/main.ts')
  rmSync(join(copy, 'node_modules', '.samspil-stamp'))
  chmodSync(join(copy, 'node_modules'), 0o555)
  const { code, err } = await ended(start(join(copy, 'samspil'), []))
  chmodSync(join(copy, 'node_modules'), 0o755)
  assert.equal(code, 0, err)
  assert.equal(err, '')
})

test('without node the command says what is needed', async () => {
  mkdirSync(join(copy, 'tools'))
  for (const tool of ['dirname', 'readlink', 'sh']) {
    const found = ['/usr/bin', '/bin'].map((folder) => join(folder, tool)).find(existsSync)
    if (found !== undefined) symlinkSync(found, join(copy, 'tools', tool))
  }
  const { code, err } = await ended(start(join(copy, 'samspil'), [], { PATH: join(copy, 'tools') }))
  assert.equal(code, 127)
  assert.match(err, /there is no node here\. Samspil needs Node 20 or newer/)
})
