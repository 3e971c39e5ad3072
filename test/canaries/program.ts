/**
 * A program that a test has started, before it begins: ears, and what stands in for two modules, so
 * that its register has canaries and its ears know who may read. The program knows nothing of it.
 */

import { registerHooks } from 'node:module'
import { announce, programLedger } from '#test/canaries/aviary.ts'
import { writeInto } from '#test/canaries/ears.ts'

/** What is loaded in place of what; the stand-in itself gets the real one. */
const standIns = new Map(
  (['store/population', 'server/compose'] as const).map((path): [string, string] => [
    import.meta.resolve(`#${path}.ts`),
    import.meta.resolve(`#test/canaries/${path.split('/')[1]}.ts`),
  ]),
)

registerHooks({
  resolve: (specifier, context, next) => {
    const found = next(specifier, context)
    const url = standIns.get(found.url)
    return url === undefined || url === context.parentURL ? found : { ...found, url }
  },
})

writeInto(programLedger(`samspil ${process.argv[2] ?? ''}`))
announce()
