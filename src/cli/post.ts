/** `samspil post`: sends a GCTP message that somebody wrote, as it is, and shows the answer. */

import { readFileSync } from 'node:fs'
import type { Command } from 'commander'
import { Unavailable } from '#base/outage.ts'
import { type Ready, readReady } from '#cli/ready.ts'
import { indentXml } from '#cli/walk-xml.ts'
import { openGctp } from '#client/index.ts'

/** What the command takes from the world. */
export type PostWorld = {
  /** The bytes of a file; of standard input for '-'. */
  readonly read: (file: string) => Uint8Array
  readonly write: (bytes: Uint8Array | string) => void
  readonly tell: (line: string) => void
}

const world: PostWorld = {
  read: (file) => readFileSync(file === '-' ? 0 : file),
  write: (bytes) => process.stdout.write(bytes),
  tell: (line) => process.stderr.write(`${line}\n`),
}

type Options = { readonly ready: string; readonly code?: string; readonly raw?: true }

/** Adds `post` to the program. */
export function addPostCommand(program: Command): void {
  program
    .command('post')
    .description('Send a GCTP message of your own and see the answer')
    .argument('<file>', 'the message, byte for byte; - for standard input')
    .requiredOption('--ready <file>', 'the ready file of a running sandbox')
    .option('--code <code>', 'sign on with this person code of the ready file', undefined)
    .option('--raw', 'the bytes of the answer, instead of an element to a line')
    .addHelpText('after', afterHelp)
    .action(async (file: string, options: Options) => {
      process.exitCode = await post(file, readReady(options.ready), options, world)
    })
}

const afterHelp = `
Signs on first, with the citizens' person code unless --code names another, and again when the
token has ended; a security message (Sik) is sent without.

Exit codes: 0 the receipt says Ok or 900; 1 refused; 2 it could not be sent, or nobody answered.
`

/** Sends the message and gives the exit code. */
export async function post(
  file: string,
  { cpr: url, personCodes }: Pick<Ready, 'cpr' | 'personCodes'>,
  { code, raw }: Pick<Options, 'code' | 'raw'>,
  { read, write, tell }: PostWorld,
): Promise<0 | 1 | 2> {
  const found = personCodes.find((each) =>
    code === undefined ? each.group === 'citizen' : each.code === code,
  )
  if (!found) {
    tell(`Not sent: the ready file has no person code ${code ?? 'of a citizen'}`)
    return 2
  }
  const bytes = readMessage(file, read)
  if (typeof bytes === 'string') {
    tell(`Not sent: ${bytes}`)
    return 2
  }
  try {
    const client = openGctp({ url, userId: found.code, password: found.password })
    const posted = await client.post(bytes)
    if (posted.bytes.length === 0) {
      const { number, text } = posted.receipt ?? { number: posted.status, text: 'an empty answer' }
      tell(`Not sent: ${found.code} could not sign on: ${number} ${text}`)
      return 2
    }
    write(raw ? posted.bytes : `${indentXml(Buffer.from(posted.bytes).toString('latin1'))}\n`)
    return posted.ok ? 0 : 1
  } catch (error) {
    if (!(error instanceof Unavailable)) throw error
    const hint = error.outcome === 'unknown' ? ' It may have been carried out.' : ''
    tell(`No answer from ${url}: ${error.message}.${hint}`)
    return 2
  }
}

/** The bytes, or why there are none. */
function readMessage(file: string, read: PostWorld['read']): Uint8Array | string {
  try {
    return read(file)
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
