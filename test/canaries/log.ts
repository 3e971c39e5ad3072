/** A log for programs under test: every line, of every level, is listened to for canaries. */

import { Writable } from 'node:stream'
import { type Logger, pino } from 'pino'
import { hear } from '#test/canaries/ears.ts'

/** `onLine` is handed each line as it is written. */
export function watchedLog(onLine: (line: string) => void = () => {}): Logger {
  const stream = new Writable({
    write: (chunk: Buffer, _encoding, done) => {
      const line = String(chunk)
      hear('log', line)
      onLine(line)
      done()
    },
  })
  // What the machine is called is not the program's to say: some are called by ten digits.
  return pino({ level: 'trace', base: { pid: process.pid, hostname: 'test' } }, stream)
}
