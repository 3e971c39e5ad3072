/** Installs what the lock files name, once: the packages, and Node 24 where Node is older. */

import { createHash } from 'node:crypto'
import { existsSync, lstatSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { withLock } from './lock.mjs'
import { npmCi } from './npm.mjs'

const here = dirname(fileURLToPath(import.meta.url))
const root = dirname(here)
const wanted = 24

/** Gets everything ready and gives the path of the Node to run on. */
export async function prepare() {
  await ready(root, 'the packages')
  if (Number(process.versions.node.split('.')[0]) >= wanted) return process.execPath
  const own = join(here, 'node')
  await ready(own, `Node ${wanted} (yours is ${process.versions.node})`)
  const node = join(own, 'node_modules', '.bin', process.platform === 'win32' ? 'node.cmd' : 'node')
  if (existsSync(node)) return node
  throw new Error(
    `there is no Node ${wanted} on npm for ${process.platform} on ${process.arch}; please install ` +
      `Node ${wanted} or newer yourself`,
  )
}

/** Makes `folder`/node_modules what its lock file says; silent when it is so already. */
async function ready(folder, what) {
  if (isInstalled(folder)) return
  await withLock(join(here, '.lock'), async () => {
    if (isInstalled(folder)) return
    refuseLink(join(folder, 'node_modules'))
    process.stderr.write(`samspil: installing ${what}; this happens once and takes some seconds\n`)
    await npmCi(folder)
    if (!isInstalled(folder)) throw new Error(`npm ci left ${folder}/node_modules incomplete`)
  })
}

/** The stamp says it at once; without one, npm's own record of what it installed is compared. */
function isInstalled(folder) {
  const lock = readFileSync(join(folder, 'package-lock.json'), 'utf8')
  const stampFile = join(folder, 'node_modules', '.samspil-stamp')
  const stamp = createHash('sha256')
    .update(`${process.platform} ${process.arch}\n${lock}`)
    .digest('hex')
  if (readText(stampFile) === stamp) return true
  if (!matches(JSON.parse(lock), readText(join(folder, 'node_modules', '.package-lock.json')))) {
    return false
  }
  try {
    writeFileSync(stampFile, stamp)
  } catch {
    // A read-only checkout is compared every time instead.
  }
  return true
}

/** Whether npm's record holds every package of the lock at its version, and no other. */
function matches(lock, record) {
  if (record === undefined) return false
  const installed = JSON.parse(record).packages
  const asked = Object.entries(lock.packages).filter(([path]) => path !== '')
  const direct = Object.keys(lock.packages[''].optionalDependencies ?? {})
  return (
    Object.keys(installed).every((path) => path in lock.packages) &&
    asked.every(([path, entry]) => {
      const found = installed[path]
      if (found !== undefined) return found.integrity === entry.integrity
      // Without its platform's binaries nothing would run, however optional npm takes them to be.
      const needed = direct.includes(path.slice('node_modules/'.length)) && fits(entry)
      return entry.optional === true && !needed
    })
  )
}

function fits(entry) {
  const has = (list, value) => list === undefined || [list].flat().includes(value)
  return has(entry.os, process.platform) && has(entry.cpu, process.arch)
}

/** npm would empty the folder behind the link, which others may be running from. */
function refuseLink(path) {
  if (!lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink()) return
  throw new Error(
    `${path} is a link and does not match package-lock.json; run npm ci where it leads`,
  )
}

function readText(path) {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
