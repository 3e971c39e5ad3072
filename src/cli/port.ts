/** How a port is read from the command line, and how a program begins to listen on it. */

import { InvalidArgumentError } from 'commander'

export function readPort(text: string): number {
  const port = Number(text)
  if (/^\d{1,5}$/.test(text) && port < 65_536) return port
  throw new InvalidArgumentError('It must be a port, 0 to 65535.')
}

type Listening = { readonly listen: (at: At) => Promise<string> }
type At = { readonly host: string; readonly port: number }

/**
 * The address. When it cannot listen all that was opened is closed first, or a program that answers
 * nothing would go on, and whoever supervises it would not know.
 */
export async function listenOrEnd(
  app: Listening,
  at: At,
  close: () => Promise<unknown>,
): Promise<string> {
  try {
    return await app.listen(at)
  } catch (error) {
    await close()
    throw explained(error, at)
  }
}

function explained(error: unknown, { host, port }: At): unknown {
  switch (error instanceof Error && 'code' in error ? error.code : undefined) {
    case 'EADDRINUSE':
      return new Error(
        `Port ${port} of ${host} is taken. Stop what uses it, or name another (--port)`,
      )
    case 'EACCES':
      return new Error(`This user may not listen on port ${port}. Name one from 1024 on (--port)`)
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new Error(`${host} is no address of this machine. Name another (--host)`)
    default:
      return error
  }
}
