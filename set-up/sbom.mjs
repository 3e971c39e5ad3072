/**
 * Writes the bill of materials of production (CycloneDX) to its output, made by npm from a copy of
 * the lock file without what is for development alone. npm's own `--omit=dev` also leaves out what
 * production shares with development. It knows nothing of what the packages do.
 *
 *   npm run --silent sbom > sbom.cdx.json
 */

import { execFileSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const read = (name) => JSON.parse(readFileSync(new URL(`../${name}`, import.meta.url), 'utf8'))

const { devDependencies: _, scripts: __, ...named } = read('package.json')
const lock = read('package-lock.json')
const shipped = Object.entries(lock.packages).filter(([, { dev }]) => !dev)
const packages = { ...Object.fromEntries(shipped), '': { ...lock.packages[''] } }
packages[''].devDependencies = undefined

const above = mkdtempSync(join(tmpdir(), 'samspil-sbom-'))
try {
  // npm takes the name of the folder for that of the program.
  const folder = join(above, named.name)
  mkdirSync(folder)
  writeFileSync(join(folder, 'package.json'), JSON.stringify(named))
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify({ ...lock, packages }))
  const command = ['sbom', '--sbom-format=cyclonedx', '--package-lock-only']
  const options = { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 26 }
  process.stdout.write(execFileSync('npm', command, options))
} finally {
  rmSync(above, { recursive: true, force: true })
}
