/** The daily check: everything that needs no database and no browser, up to the first failure. */

import { houseFiles, propertyFiles, unitFiles } from '#test/files.ts'
import { checks, runStep } from '#test/step.ts'
import { runFiles } from '#test/suite.ts'

const from = performance.now()

async function isOk(): Promise<boolean> {
  for (const check of checks) {
    if ((await runStep(check)).failed > 0) return false
  }
  for (const files of [houseFiles, [...unitFiles, ...propertyFiles]]) {
    if ((await runFiles(files)).failed > 0) return false
  }
  return true
}

const ok = await isOk()
const seconds = ((performance.now() - from) / 1000).toFixed(1)
console.log(ok ? `\nok in ${seconds} s` : `\nnot ok (${seconds} s)`)
process.exitCode = ok ? 0 : 1
