/**
 * Keys of what the site keeps: nobody can guess one. A form that makes something carries the key of
 * it, so that the same form sent twice makes it once.
 */

import { randomBytes } from 'node:crypto'
import type { Form } from '#web/form.ts'

export const keyForm = /^[A-Za-z0-9_-]{24}$/
export const keyName = 'key'

export function newKey(): string {
  return randomBytes(18).toString('base64url')
}

/** The key that a form brings; a new one where it brings none of ours. */
export function keyIn(form: Form): string {
  const sent = form.one(keyName)
  return keyForm.test(sent) ? sent : newKey()
}
