/** The SDK as others get it: generated from the contract, packed, installed, run and type-checked. */

import assert from 'node:assert/strict'
import { type ExecFileSyncOptions, execFile, execFileSync } from 'node:child_process'
import {
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { promisify } from 'node:util'
import { present } from '#base/assert.ts'
import { danishDate } from '#base/calendar.ts'
import { openTestServer } from '#test/server.ts'
import { root } from '#test/step.ts'

const run = promisify(execFile)
const tsc = join(root, 'node_modules/typescript/bin/tsc')
const folder = mkdtempSync(join(tmpdir(), 'samspil-client-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const dist = join(folder, 'dist')
const consumer = join(folder, 'consumer')
const installed = join(consumer, 'node_modules/@samspil/client')

const quiet: ExecFileSyncOptions = { cwd: root, stdio: 'pipe' }
execFileSync(process.execPath, ['client/pack.ts', dist], quiet)
const manifest = readJson(join(dist, 'package.json'))
install()

function readJson(path: string): { readonly [name: string]: unknown } {
  return JSON.parse(readFileSync(path, 'utf8'))
}

/** What `npm install` would do, without a network: the tarball, and the one package it needs. */
function install(): void {
  execFileSync('npm', ['pack', dist, '--silent'], { cwd: folder, stdio: 'pipe' })
  const [tarball = ''] = globSync('*.tgz', { cwd: folder })
  mkdirSync(installed, { recursive: true })
  const into = ['--strip-components=1', '-C', installed]
  execFileSync('tar', ['-xzf', join(folder, tarball), ...into])
  for (const name of ['saxes', 'xmlchars']) {
    cpSync(join(root, 'node_modules', name), join(consumer, 'node_modules', name), {
      recursive: true,
      dereference: true,
    })
  }
  writeFileSync(join(consumer, 'package.json'), '{ "type": "module" }')
}

test('the types and wire names are those of the contract and the catalogue', async () => {
  const checked = await run(process.execPath, ['client/generate.ts', '--check'], { cwd: root })
  assert.equal(checked.stdout, '')
})

test('the tools of the package are well typed', async () => {
  const checked = await run(process.execPath, [tsc, '-p', 'client'], { cwd: root })
  assert.equal(checked.stdout, '')
})

test('the package needs saxes alone, in the version that the server has', () => {
  const { dependencies } = readJson(join(root, 'package.json'))
  assert.ok(typeof dependencies === 'object' && dependencies !== null && 'saxes' in dependencies)
  assert.deepEqual(manifest['dependencies'], { saxes: dependencies.saxes })
})

test('the tarball holds what the client needs and nothing of the server', async () => {
  const files = globSync('**/{*.*,LICENSE}', { cwd: installed })
  assert.ok(files.includes('client/src/index.js') && files.includes('client/src/index.d.ts'))
  assert.ok(files.includes('README.md') && files.includes('LICENSE'))
  const kinds = /^(client\/src\/[a-z.-]+|src\/(base|gctp|incident|register)\/.+)\.(js|d\.ts)$/
  const others = files.filter((file) => !kinds.test(file))
  assert.deepEqual(others.sort(), ['LICENSE', 'README.md', 'package.json'])
  const textOf = (file: string) => readFileSync(join(installed, file), 'utf8')
  const foreign = /defineIncident|decidedBy|insert into|fastify|holds:/i
  const strays = files.filter((file) => file.endsWith('.js') && foreign.test(textOf(file)))
  assert.deepEqual(strays, [])
  const bytes = files.reduce((sum, file) => sum + Buffer.byteLength(textOf(file)), 0)
  assert.ok(files.length <= 80 && bytes < 400_000, `${files.length} files, ${bytes} bytes`)
})

const program = `
import { openGctp, openJson } from '@samspil/client'
const { url, citizen, municipality, pnr, date, data } = JSON.parse(process.argv[2])
const must = (result) => {
  if (!result.ok) throw new Error(JSON.stringify(result))
  return result
}
const gctp = ({ code: userId, password }) => openGctp({ url, userId, password })
const reporter = gctp(citizen)
must(await reporter.signOn())
const before = must(await reporter.stamp(pnr)).masterData.standardAddress
const begun = must(await reporter.initiate('domestic-move', { pnr, date, municipality: '0751' }))
must(await reporter.validate(begun.conversation, data))
const saved = must(await reporter.save(begun.conversation))
const approved = must(await gctp(municipality).approve(saved.conversation))
const { code: personCode, password } = municipality
const desk = openJson({ url, personCode, password })
const person = must(await desk.lookUp({ pnr, purpose: 'a test' })).value
console.log(JSON.stringify({ before, state: approved.state, after: person.standardAddress }))
`

test('installed elsewhere it runs a whole incident on plain Node', async () => {
  const { url, codes, scenario, addresses, clock } = await openTestServer()
  const isFree = (each: (typeof addresses)[number]) =>
    each.municipality === '0751' && each.residents === 0 && each.floor === ''
  const { road, house } = present(addresses.find(isFree), 'an empty house')
  const { citizen, municipality } = codes
  const { ordinaryAdult: pnr } = scenario
  const data = { road, house }
  const given = { url, citizen, municipality, pnr, date: danishDate(clock()), data }
  writeFileSync(join(consumer, 'main.js'), program)
  const ran = await run(process.execPath, ['main.js', JSON.stringify(given)], { cwd: consumer })
  const said: { readonly [name: string]: unknown } = JSON.parse(ran.stdout)
  assert.equal(said['state'], 'approved')
  assert.match(String(said['after']), new RegExp(` ${house}$`))
  assert.notEqual(said['before'], said['after'])
})

const good = `
import { type DomesticMoveData, openGctp, openJson, type Step, Unavailable } from '@samspil/client'
const gctp = openGctp({ url: '', userId: '', password: '', fetch })
const data: DomesticMoveData = { road: '0001', house: '2' }
export async function move(): Promise<Step<'domestic-move'> | string> {
  try {
    const keys = { pnr: '', date: '', municipality: '' }
    const begun = await gctp.initiate('domestic-move', keys)
    if (!begun.ok) return begun.receipt.details.map(({ text }) => text).join()
    const step = await gctp.validate(begun.conversation, data)
    return step.ok ? step : step.receipt.text
  } catch (error) {
    if (error instanceof Unavailable) return error.outcome
    throw error
  }
}
const json = openJson({ url: '', personCode: '', password: '' })
export const names: string[] = []
for await (const item of json.allPending()) if (item.ok) names.push(item.value.name)
`

const bad = `
import { openGctp, openJson } from '@samspil/client'
const gctp = openGctp({ url: '', userId: '', password: '' })
const begun = await gctp.initiate('domestic-mvoe', { pnr: '', date: '', municipality: '' })
const move = await gctp.initiate('domestic-move', { pnr: '', date: '', municipality: '' })
console.log(move.conversation)
if (move.ok) await gctp.validate(move.conversation, { road: '0001' })
if (move.ok) await gctp.validate(move.conversation, { action: 'on' })
const seen = await openJson({ url: '', personCode: '', password: '' }).follow('')
console.log(begun, seen.value)
`

test('its types are found by a consumer, hold its examples, and refuse what the door would', async () => {
  writeFileSync(join(consumer, 'good.ts'), good)
  writeFileSync(join(consumer, 'bad.ts'), bad)
  const options = [
    ...['--strict', '--noEmit', '--module', 'nodenext', '--target', 'es2024'],
    ...['--lib', 'es2024,dom', '--types', '', '--exactOptionalPropertyTypes'],
  ]
  const check = (file: string) => run(process.execPath, [tsc, file, ...options], { cwd: consumer })
  assert.equal((await check('good.ts')).stdout, '')
  const blocks = readFileSync(join(installed, 'README.md'), 'utf8').matchAll(/```ts\n(.*?)```/gs)
  const examples = [...blocks].map(([, block = '']) => block)
  assert.equal(examples.length, 5)
  for (const [at, example] of examples.entries()) {
    writeFileSync(join(consumer, `example-${at}.ts`), example)
    assert.equal((await check(`example-${at}.ts`)).stdout, '')
  }
  await assert.rejects(check('bad.ts'), (error) => {
    assert.ok(error instanceof Error && 'stdout' in error)
    const lines = [...String(error.stdout).matchAll(/^bad\.ts\((\d+),/gm)].map(([, line]) => line)
    assert.deepEqual(lines, ['4', '6', '7', '8', '10'])
    return true
  })
})
