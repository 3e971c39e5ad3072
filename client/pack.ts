/**
 * Makes the package that is published: JavaScript and declarations of the SDK and of exactly what
 * it imports. `node client/pack.ts [folder]`; the folder is `client/dist` when left out, and what
 * it held is gone. Then: `npm pack ./client/dist`.
 */

import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, globSync, readFileSync, rmSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const entry = 'client/src/index'

/** Of JavaScript and of declarations alike: after `from`, and within `import(…)`. */
const imported = /(?:\bfrom|\bimport\()\s*['"](#[^'"]+)['"]/g

function compile(out: string): void {
  const tsc = join(root, 'node_modules/typescript/bin/tsc')
  const project = join(root, 'client/tsconfig.pack.json')
  execFileSync(process.execPath, [tsc, '-p', project, '--outDir', out], { stdio: 'inherit' })
}

/** '#base/text.ts' is 'src/base/text', '#client/json.ts' is 'client/src/json'. */
function placeOf(name: string): string {
  const path = name.slice(1).replace(/\.ts$/, '')
  return path.startsWith('client/') ? path.replace('client/', 'client/src/') : `src/${path}`
}

/** The files that the entry needs, with that ending. */
function reachable(out: string, ending: '.js' | '.d.ts'): ReadonlySet<string> {
  const found = new Set<string>()
  const queue = [entry]
  for (let place = queue.pop(); place !== undefined; place = queue.pop()) {
    const file = `${place}${ending}`
    if (found.has(file)) continue
    found.add(file)
    const text = readFileSync(join(out, file), 'utf8')
    for (const [, name = ''] of text.matchAll(imported)) queue.push(placeOf(name))
  }
  return found
}

function pack(out: string): readonly string[] {
  rmSync(out, { recursive: true, force: true })
  compile(out)
  const needed = new Set([...reachable(out, '.js'), ...reachable(out, '.d.ts')])
  for (const file of globSync('**/*.{js,d.ts}', { cwd: out })) {
    if (!needed.has(file)) rmSync(join(out, file))
  }
  cpSync(join(root, 'client/package'), out, { recursive: true })
  for (const [from, to] of [
    ['client/README.md', 'README.md'],
    ['LICENSE', 'LICENSE'],
  ] as const) {
    cpSync(join(root, from), join(out, to))
  }
  return [...needed].sort()
}

const out = resolve(process.argv[2] ?? join(root, 'client/dist'))
if (existsSync(out) && !existsSync(join(out, 'package.json')) && globSync('*', { cwd: out })[0]) {
  throw new Error(`${out} holds something else than a package: it would be lost`)
}
for (const file of pack(out)) console.log(relative(root, join(out, file)))
