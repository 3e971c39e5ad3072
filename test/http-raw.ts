/** Raw bytes to a server on this machine, and what came back: HTTP as an attacker writes it. */

import { connect } from 'node:net'

export type RawReply = {
  /** Everything that came back, until the server closed or fell silent. */
  readonly text: string
  /** The numbers of all answers in it, in order. */
  readonly statuses: readonly number[]
}

/** How long a server that keeps the connection open is listened to after its last byte. */
const silentMs = 150
const waitMaxMs = 8_000

/** Sends the parts one after the other on one connection. */
export function sendRaw(
  url: string,
  ...parts: readonly (string | Uint8Array)[]
): Promise<RawReply> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname)
    const received: Buffer[] = []
    const finish = () => {
      clearTimeout(silence)
      socket.destroy()
      const text = Buffer.concat(received).toString('latin1')
      const statuses = [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) =>
        Number(status),
      )
      resolve({ text, statuses })
    }
    let silence = setTimeout(finish, waitMaxMs)
    socket.on('data', (data) => {
      received.push(data)
      clearTimeout(silence)
      silence = setTimeout(finish, silentMs)
    })
    // The server may close before all was sent, which is one of its answers.
    socket.on('error', () => {})
    socket.on('close', finish)
    for (const part of parts) socket.write(part)
  })
}
