/** Which test files there are and what each needs, told by where it lies and how it is named. */

import { globSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '#test/step.ts'

/** The rules of the house: they read the source, and one of them a database. */
export const houseFiles = find('test/house/**/*.test.ts')

/** `x.db.test.ts` needs a database; its neighbour `x.test.ts` needs nothing. */
export const databaseFiles = find('{src,client}/**/*.db.test.ts')

export const unitFiles = find('{src,client}/**/*.test.ts').filter(
  (file) => !databaseFiles.includes(file),
)

/** What people see, in a real browser: the heaviest thing on the machine, so one at a time. */
export const browserFiles = find('test/browser/**/*.test.ts')

/** What crosses floors: conformance, properties, simulation, faults, whole programs. */
export const crossingFiles = find('test/**/*.test.ts').filter(
  (file) => !houseFiles.includes(file) && !browserFiles.includes(file),
)

/** Those among them that need nothing and are quick. */
export const propertyFiles = crossingFiles.filter(
  (file) =>
    /\/test\/(conformance\/|properties\/|incidents\.test)/.test(file) &&
    !file.endsWith('.db.test.ts'),
)

function find(pattern: string): readonly string[] {
  const exclude = ['**/node_modules/**', '**/dist/**']
  return globSync(pattern, { cwd: root, exclude })
    .sort()
    .map((file) => join(root, file))
}
