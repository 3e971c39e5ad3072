/** Runs `npm ci` quietly, also where there is no home to keep a cache in; shows all when it fails. */

import { spawn } from 'node:child_process'
import { accessSync, constants, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'

// Scripts stay off: what they would do, the program does itself where it needs it.
const flags = [
  'ci',
  '--ignore-scripts',
  '--include=dev',
  '--include=optional',
  '--no-audit',
  '--no-fund',
  '--no-update-notifier',
  '--no-engine-strict',
  '--loglevel=error',
]

/** Installs in `folder` what its package-lock.json says. */
export async function npmCi(folder) {
  const scratch = hasHome() ? undefined : mkdtempSync(join(tmpdir(), 'samspil-npm-'))
  try {
    const { code, output } = await run(folder, environment(scratch))
    if (code === 0) return
    throw new Error(
      `npm ci failed in ${folder}${code === null ? '' : ` (exit code ${code})`}. npm said:\n\n` +
        `${output.trim() || '(nothing)'}\n\nOnce that is mended, run the same command again.`,
    )
  } finally {
    if (scratch !== undefined) rmSync(scratch, { recursive: true, force: true })
  }
}

/** Whether npm can keep its cache and logs where it likes to. */
function hasHome() {
  const home = process.env.HOME ?? process.env.USERPROFILE ?? ''
  const cache = join(home, '.npm')
  return home !== '' && isWritable(existsSync(cache) ? cache : home)
}

function isWritable(path) {
  try {
    accessSync(path, constants.W_OK)
    return true
  } catch {
    return false
  }
}

/** Ours, without what an outer npm says about the script that it is running. */
function environment(scratch) {
  const inner = Object.entries(process.env).filter(
    ([name]) => !/^npm_(package_|lifecycle_|command$|config_local_prefix$)/.test(name),
  )
  const own =
    scratch === undefined ? {} : { HOME: scratch, npm_config_cache: join(scratch, 'cache') }
  return { ...Object.fromEntries(inner), ...own }
}

function run(cwd, env) {
  return new Promise((resolve, reject) => {
    const cli = process.env.npm_execpath ?? ''
    const byPath = basename(cli) === 'npm-cli.js' && existsSync(cli)
    const child = byPath
      ? spawn(process.execPath, [cli, ...flags], { cwd, env })
      : spawn('npm', flags, { cwd, env, shell: process.platform === 'win32' })
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding('utf8').on('data', (text) => {
        output += text
      })
    }
    child.on('error', (error) => {
      reject(new Error(`cannot run npm, which comes with Node: ${error.message}`))
    })
    child.on('close', (code) => resolve({ code, output }))
  })
}
