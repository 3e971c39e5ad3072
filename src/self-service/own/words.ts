/** Names and days as people say them, wherever the register only has a code or digits. */

import { sayDay } from '#base/day-words.ts'
import type { Text } from '#base/text.ts'

/** The register writes days as digits; people read them in words. */
export function withDays({ da, en }: Text): Text {
  const digits = /\b\d{4}-\d{2}-\d{2}\b/g
  return {
    da: da.replaceAll(digits, (day) => sayDay(day).da),
    en: en.replaceAll(digits, (day) => sayDay(day).en),
  }
}
