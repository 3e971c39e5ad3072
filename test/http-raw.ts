/** Raw bytes to a server on this machine, and what came back: HTTP as an attacker writes it. */

import { connect } from 'node:net'

export type RawReply = {
  /** Everything that came back, until the server closed or fell silent. */
  readonly text: string
  /** The numbers of all answers in it, in order. */
  readonly statuses: readonly number[]
}

/**
 * How long a server is listened to that keeps the connection open: after its last byte, and before
 * the first. In beats of this process, since one that was held up has heard nothing meanwhile.
 */
const beatMs = 50
const silentBeats = 8
const waitedBeats = 1_200

/** Sends the parts one after the other on one connection. */
export function sendRaw(
  url: string,
  ...parts: readonly (string | Uint8Array)[]
): Promise<RawReply> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve) => {
    const socket = connect(Number(port), hostname)
    const received: Buffer[] = []
    let beats = 0
    const finish = () => {
      clearInterval(timer)
      socket.destroy()
      const text = Buffer.concat(received).toString('latin1')
      const statuses = [...text.matchAll(/HTTP\/1\.1 (\d{3}) /g)].map(([, status]) =>
        Number(status),
      )
      resolve({ text, statuses })
    }
    const timer = setInterval(() => {
      beats += 1
      if (beats >= (received.length > 0 ? silentBeats : waitedBeats)) finish()
    }, beatMs)
    socket.on('data', (data) => {
      received.push(data)
      beats = 0
    })
    // The server may close before all was sent, which is one of its answers.
    socket.on('error', () => {})
    socket.on('close', finish)
    for (const part of parts) socket.write(part)
  })
}
