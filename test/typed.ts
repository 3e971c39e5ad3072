/** Commands as an operator types them: what they print, and how they end. Knows none of them. */

import { Command } from 'commander'

export type Ended = { readonly exitCode: number; readonly out: string; readonly err: string }

/** What the commands of one line write to. */
export type Terminal = {
  readonly write: (line: string) => void
  readonly warn: (line: string) => void
}

/**
 * @param add puts the commands on the program.
 * @param onError is told of each text for the error output, at the moment it is written.
 */
export async function typed(
  args: readonly string[],
  add: (program: Command, terminal: Terminal) => void,
  onError = () => {},
): Promise<Ended> {
  let out = ''
  let err = ''
  const writeErr = (text: string) => {
    err += text
    onError()
  }
  // Settings are inherited by the commands that are added after them.
  const program = new Command('samspil').exitOverride()
  program.configureOutput({ writeOut: (text) => (out += text), writeErr })
  add(program, { write: (line) => (out += `${line}\n`), warn: (line) => (err += `${line}\n`) })
  try {
    await program.parseAsync([...args], { from: 'user' })
    return { exitCode: 0, out, err }
  } catch (error) {
    if (!(error instanceof Error) || !('exitCode' in error)) throw error
    return { exitCode: Number(error.exitCode), out, err }
  }
}
