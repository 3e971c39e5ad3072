/**
 * The example conversation about a type, over both doors, as it was recorded from a live server.
 * A test plays each of them again and compares: what the pages show is what the server answers.
 */

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Spoken } from '#api/incident-page.ts'
import type { Incident } from '#incident/define.ts'
import { root } from '#test/step.ts'

export type Conversation = { readonly gctp: readonly Spoken[]; readonly json: readonly Spoken[] }

export function conversationFile({ shape }: Pick<Incident, 'shape'>): string {
  return join(root, `test/conversations/${shape.name}.json`)
}

/** Empty until it has been recorded: `node set-up/run.mjs test/doors/examples.test.ts --write`. */
export function conversationOf(type: Incident): Conversation {
  const file = conversationFile(type)
  if (!existsSync(file)) return { gctp: [], json: [] }
  return JSON.parse(readFileSync(file, 'utf8')) as Conversation
}
