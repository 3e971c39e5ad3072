/** Messages as they may be shown: everything as it is, passwords as stars. */

import { readLatin1 } from '#base/latin1.ts'
import { passGate } from '#base/xml/gate.ts'

/** A raw GCTP message for the eyes of a developer. */
export type Message = {
  readonly direction: 'request' | 'answer'
  /** The bytes as they went, but for the passwords in them. */
  readonly bytes: Uint8Array
  readonly text: string
}

// Also without its closing quote: what is sent by hand may be anything.
const passwords = /\b(password|newpass[12])(\s*=\s*)("[^"]*"?|'[^']*'?)/g

export function maskPasswords(text: string): string {
  return text.replace(passwords, '$1$2"********"')
}

export function showMessage(direction: Message['direction'], bytes: Uint8Array): Message {
  const passed = passGate(bytes)
  const text = maskPasswords(passed.kind === 'passed' ? passed.text : readLatin1(bytes))
  return { direction, bytes: Buffer.from(maskPasswords(readLatin1(bytes)), 'latin1'), text }
}
