/** The floors of the house: a file imports its own floor, lower ones, and the packages of its floor. */

import assert from 'node:assert/strict'
import { dirname, join } from 'node:path'
import { test } from 'node:test'
import { sources, textOf, tracked } from '#test/house/tracked.ts'

/** Which floors a floor may import beside itself. */
const floors: Readonly<Record<string, readonly string[]>> = {
  base: [],
  http: ['base'],
  register: ['base'],
  population: ['base', 'register'],
  incident: ['base', 'register'],
  incidents: ['base', 'register', 'incident'],
  evidence: ['base', 'register'],
  access: ['base', 'register', 'incident'],
  casework: ['base', 'register', 'incident', 'evidence', 'access'],
  search: ['base', 'register', 'incident', 'evidence', 'access', 'casework'],
  review: ['base', 'register', 'incident', 'evidence', 'access', 'casework'],
  store: [
    ...['base', 'register', 'population', 'incident', 'evidence', 'access', 'casework', 'search'],
    'review',
  ],
  gctp: ['base', 'register', 'incident', 'search'],
  // Of casework only its words: the reasons of a rejection.
  api: ['base', 'register', 'incident', 'casework', 'review'],
  web: ['http', 'base', 'register', 'incident'],
  server: [
    ...[
      'http',
      'base',
      'register',
      'incident',
      'incidents',
      'evidence',
      'access',
      'casework',
      'search',
      'review',
    ],
    ...['store', 'gctp', 'api'],
  ],
  'self-service': ['http', 'base', 'register', 'incident', 'incidents', 'gctp', 'web', 'client'],
  desk: ['http', 'base', 'register', 'incident', 'incidents', 'web', 'client'],
  idp: ['http', 'base', 'register', 'web'],
  // It starts the others, fills the sandbox and administers the database.
  cli: [
    ...['http', 'base', 'register', 'population', 'incident', 'incidents', 'evidence', 'access'],
    ...['casework', 'search', 'review', 'store', 'server', 'self-service', 'desk', 'idp', 'client'],
  ],
  client: ['base', 'register', 'incident', 'gctp'],
}

const programs = ['server', 'self-service', 'desk', 'idp', 'cli']
/** Up to here everything is a function of its arguments: no file, socket, clock or chance. */
const pure = [
  ...['base', 'register', 'population', 'incident', 'incidents', 'evidence', 'access'],
  ...['casework', 'search', 'review'],
]

/** What of Node is no more than computing. */
const pureModules = ['node:assert', 'node:crypto', 'node:util', 'node:buffer']

/** Where each package may be imported: the start of the path. A new one has a decision record. */
const packages: Readonly<Record<string, readonly string[]>> = {
  '@fastify/swagger': ['src/server/'],
  '@fastify/swagger-ui': ['src/server/'],
  '@fastify/type-provider-typebox': ['src/server/'],
  '@node-rs/argon2': ['src/access/'],
  commander: ['src/cli/'],
  dkfds: ['src/web/', 'src/self-service/', 'src/desk/', 'src/idp/'],
  fastify: ['src/server/', 'src/api/', 'src/web/', 'src/self-service/', 'src/desk/', 'src/idp/'],
  // One file: what a page is made of, beside the rest of base.
  hono: ['src/base/html.ts'],
  jose: ['src/web/logout-token.ts', 'src/server/', 'src/self-service/', 'src/desk/', 'src/idp/'],
  'oidc-provider': ['src/idp/'],
  // One file: how people sign in, whichever program they come to.
  'openid-client': ['src/web/sign-in.ts'],
  pg: ['src/store/pool.ts', 'src/store/led-query.ts'],
  pino: programs.map((program) => `src/${program}/`),
  'prom-client': programs.map((program) => `src/${program}/`),
  saxes: ['src/base/xml/', 'client/src/'],
  typebox: ['src/api/', 'src/server/', 'client/src/'],
}

/** Statements at the start of a line, and `import('…')` anywhere. */
const imported =
  /^(?:import|export)\s[^'"`;]*?from\s+'([^'\n]+)'|^import\s+'([^'\n]+)'|\bimport\(\s*'([^'\n]+)'/gm

function importsOf(path: string): readonly string[] {
  return [...textOf(path).matchAll(imported)].flatMap(([, from, bare, dynamic]) => {
    return from ?? bare ?? dynamic ?? []
  })
}

function floorOf(path: string): string {
  return path.startsWith('client/') ? 'client' : (path.split('/')[1] ?? '')
}

/** `#gctp/envelope.ts` → `gctp`; undefined for a package or a neighbour. */
function targetFloor(name: string): string | undefined {
  return /^#([^/]+)\//.exec(name)?.[1]
}

/** `@scope/name/deep` → `@scope/name`. */
function packageOf(name: string): string {
  return name
    .split('/')
    .slice(0, name.startsWith('@') ? 2 : 1)
    .join('/')
}

test('every folder below src is a known floor, and no file lies beside them', () => {
  const found = new Set(sources.filter((path) => path.startsWith('src/')).map(floorOf))
  assert.deepEqual(
    [...found].filter((floor) => !(floor in floors)),
    [],
  )
})

test('every file stays on its floor or goes down', () => {
  const climbs = sources.flatMap((path) => {
    const floor = floorOf(path)
    const allowed = floors[floor] ?? []
    return importsOf(path).flatMap((name) => {
      const target = targetFloor(name)
      if (target === undefined || target === floor || allowed.includes(target)) return []
      return [`${path} imports ${name}: ${floor} may import ${allowed.join(', ') || 'nothing'}`]
    })
  })
  assert.deepEqual(climbs, [])
})

test('no file climbs with ../; imports say #floor/file.ts', () => {
  const climbs = tracked
    .filter((path) => path.endsWith('.ts'))
    .flatMap((path) =>
      importsOf(path)
        .filter((name) => name.startsWith('../'))
        .map((name) => `${path} imports ${name}`),
    )
  assert.deepEqual(climbs, [])
})

/** The file of a name: `#floor/file.ts`, or `./file.ts` beside the one that imports it. */
function fileOf(name: string, from: string): string {
  return name.startsWith('./')
    ? join(dirname(from), name)
    : name.replace(/^#client\//, 'client/src/').replace(/^#/, 'src/')
}

test('no file reaches itself by what it imports, types included', () => {
  const unfinished: string[] = []
  const finished = new Set<string>()
  const circles: string[] = []
  const visit = (path: string) => {
    if (finished.has(path)) return
    const began = unfinished.indexOf(path)
    if (began >= 0) {
      circles.push([...unfinished.slice(began), path].join(' -> '))
      return
    }
    unfinished.push(path)
    for (const name of importsOf(path)) {
      const file = fileOf(name, path)
      if (sources.includes(file)) visit(file)
    }
    unfinished.pop()
    finished.add(path)
  }
  for (const path of sources) visit(path)
  assert.deepEqual(circles, [])
  assert.ok(sources.every((path) => finished.has(path)))
})

test('every package is imported only where its row says', () => {
  const strays = sources.flatMap((path) =>
    importsOf(path).flatMap((name) => {
      if (/^(node:|#|\.\/)/.test(name)) return []
      const places = packages[packageOf(name)]
      if (places?.some((place) => path.startsWith(place))) return []
      return [
        `${path} imports ${name}: ${places ? `only ${places.join(', ')}` : 'has no row here'}`,
      ]
    }),
  )
  assert.deepEqual(strays, [])
})

test('the floors up to search touch no file, socket or process', () => {
  const impure = sources
    .filter((path) => pure.includes(floorOf(path)))
    .flatMap((path) =>
      importsOf(path)
        .filter((name) => name.startsWith('node:') && !pureModules.includes(packageOf(name)))
        .map((name) => `${path} imports ${name}`),
    )
  assert.deepEqual(impure, [])
})

test('a declared incident knows no XML, HTTP, SQL or HTML', () => {
  const speaks = sources
    .filter((path) => ['incident', 'incidents'].includes(floorOf(path)))
    .flatMap((path) =>
      importsOf(path)
        .filter((name) => /^#base\/(xml|html|settings)/.test(name))
        .map((name) => `${path} imports ${name}`),
    )
  assert.deepEqual(speaks, [])
})

test('the table itself goes downward: no floor can reach itself, nor the web programs SQL', () => {
  const reach = (floor: string, seen: readonly string[] = []): readonly string[] =>
    (floors[floor] ?? []).flatMap((next) => {
      assert.ok(!seen.includes(next), `${next} reaches itself`)
      return [next, ...reach(next, [...seen, next])]
    })
  for (const floor of Object.keys(floors)) reach(floor, [floor])
  for (const program of ['self-service', 'desk', 'idp', 'client']) {
    assert.ok(!reach(program).includes('store'), `${program} reaches the store`)
  }
})
