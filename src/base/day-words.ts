/** Days and instants in words, as letters and pages say them; by the clock in Denmark. */

import type { Text } from '#base/text.ts'

type Style = Intl.DateTimeFormatOptions

/** In both languages; a day has no clock, an instant that of Denmark. */
function writer(style: Style): (instant: Date) => Text {
  const [da, en] = [
    new Intl.DateTimeFormat('da-DK', style),
    new Intl.DateTimeFormat('en-GB', style),
  ]
  return (instant) => ({ da: da.format(instant), en: en.format(instant) })
}

const writeDay = writer({ dateStyle: 'long', timeZone: 'UTC' })
const writeShortDay = writer({ dateStyle: 'medium', timeZone: 'UTC' })
const inDenmark = { timeZone: 'Europe/Copenhagen' } as const

/** '2026-03-01' as '1. marts 2026' and '1 March 2026'. */
export function sayDay(day: string): Text {
  return writeDay(new Date(`${day}T00:00:00Z`))
}

/** '2026-03-01' as '1. mar. 2026' and '1 Mar 2026', for tables. */
export function sayShortDay(day: string): Text {
  return writeShortDay(new Date(`${day}T00:00:00Z`))
}

/** '1. marts 2026 kl. 14.05' and '1 March 2026 at 14:05'. */
export const sayInstant = writer({ dateStyle: 'long', timeStyle: 'short', ...inDenmark })

/** '1. mar. 2026 14.05' and '1 Mar 2026, 14:05', for tables. */
export const sayShortInstant = writer({ dateStyle: 'medium', timeStyle: 'short', ...inDenmark })

/** '14.05' and '14:05', of what ends within the hour. */
export const sayClock = writer({ timeStyle: 'short', ...inDenmark })
