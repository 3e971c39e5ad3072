/**
 * What pages are dressed in, in memory: the design system's style, script, icons and fonts with
 * their licences, and our own few files. One digest over all of it stands in every URL, so that a
 * browser may keep a file for ever. Knows no page.
 */

import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, extname, join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { present } from '#base/assert.ts'
import { iconNames } from '#web/icon-names.ts'

export type Asset = {
  readonly type: string
  readonly bytes: Buffer
  /** Smaller forms; none of what is compressed already. */
  readonly brotli?: Buffer
  readonly gzip?: Buffer
}

export type Assets = {
  /** Changes with any byte of any file. */
  readonly digest: string
  /** By path below the digest, as 'css/dkfds.min.css'. */
  readonly files: ReadonlyMap<string, Asset>
}

export const assetsPrefix = '/assets'

const types: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.md': 'text/plain; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
}

let read: Assets | undefined

/** Read at the first call, from what was installed. */
export function assets(): Assets {
  read ??= readAssets()
  return read
}

/** The URL of a file; asking for one that is not served is a bug. */
export function assetUrl(path: string): string {
  const { digest, files } = assets()
  present(files.get(path), `the asset ${path}`)
  return `${assetsPrefix}/${digest}/${path}`
}

function readAssets(): Assets {
  const written = new Map([...designFiles(), ...ownFiles()])
  const digest = createHash('sha256')
  for (const [path, bytes] of [...written].sort(([a], [b]) => (a < b ? -1 : 1))) {
    digest.update(path).update('\0').update(bytes)
  }
  const files = [...written].map(([path, bytes]) => [path, assetOf(path, bytes)] as const)
  return { digest: digest.digest('hex').slice(0, 16), files: new Map(files) }
}

function assetOf(path: string, bytes: Buffer): Asset {
  const type = present(types[extname(path)], `the media type of ${path}`)
  if (type.startsWith('font/')) return { type, bytes }
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }
  return { type, bytes, brotli: brotliCompressSync(bytes, quality), gzip: gzipSync(bytes) }
}

type File = readonly [path: string, bytes: Buffer]

/** The package opens only its root, so the folder is found from there. */
const design = dirname(dirname(createRequire(import.meta.url).resolve('dkfds')))

function designFiles(): readonly File[] {
  const from = (path: string, as = path): File => [as, readFileSync(join(design, path))]
  const style = woff2Only(readFileSync(join(design, 'css/dkfds.min.css'), 'utf8'))
  const named = [...style.matchAll(/url\(\.\.\/([^)]+\.(?:svg|woff2))\)/g)]
  const paths = [...new Set(named.map(([, path]) => present(path, 'the path of a url')))]
  return [
    ['css/dkfds.min.css', Buffer.from(style)],
    from('js/dkfds.min.js'),
    from('LICENSE.md'),
    from('fonts/IBMPlexSans/complete/woff2/license.txt', 'fonts/LICENSE.txt'),
    ['img/icons.svg', Buffer.from(sprite())],
    ...paths.map((path) => from(path)),
  ]
}

/** Every browser that we support reads woff2; the style names older forms, some of them first. */
function woff2Only(style: string): string {
  return style.replace(/(@font-face\{[^}]*?src:)([^}]*\.woff2[^}]*)\}/g, (_, head, sources) => {
    const url = present(/url\([^)]*\.woff2\)/.exec(String(sources))?.[0], 'a woff2 source')
    return `${head}${url} format("woff2")}`
  })
}

/** The icons in one file, each by its name. */
function sprite(): string {
  const symbols = iconNames.map((name) => {
    const drawing = readFileSync(join(design, `img/svg-icons/${name}.svg`), 'utf8')
    const [, attributes = '', paths = ''] = /<svg([^>]*)>([\s\S]*)<\/svg>/.exec(drawing) ?? []
    const box = present(/viewBox="[^"]*"/.exec(attributes)?.[0], `the view box of ${name}`)
    return `<symbol id="${name}" ${box}>${paths.trim()}</symbol>`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>`
}

const own = join(import.meta.dirname, 'browser')

function ownFiles(): readonly File[] {
  return readdirSync(own).map((name) => {
    const kind = extname(name).slice(1)
    const folder = kind === 'svg' ? 'img' : kind
    return [`${folder}/${basename(name)}`, readFileSync(join(own, name))]
  })
}
