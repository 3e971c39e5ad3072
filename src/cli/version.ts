/** The version of this program, as its package says. */

import { readFileSync } from 'node:fs'

const text = readFileSync(new URL('../../package.json', import.meta.url), 'utf8')
const { version: stated } = JSON.parse(text) as { readonly version: string }

export const version: string = stated
