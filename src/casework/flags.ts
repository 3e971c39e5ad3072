/** What a case worker should see at once: which flags a case has by itself. Pure values. */

import type { IncidentRecord } from '#casework/record.ts'

/** What a case worker should see at once; each is found by marks or warnings, or looked up. */
export const flags = {
  late: { marks: ['late'], warnings: [] },
  children: { marks: ['child', 'minors-only'], warnings: [] },
  crowded: { marks: [], warnings: [9120] },
  similar: { marks: [], warnings: [] },
  protected: { marks: [], warnings: [] },
} as const satisfies {
  readonly [name: string]: {
    readonly marks: readonly string[]
    readonly warnings: readonly number[]
  }
}
export type Flag = keyof typeof flags

export function isFlag(text: string): text is Flag {
  return Object.hasOwn(flags, text)
}

/** Those that marks and warnings tell. */
export function flagsOf({ marks, warned }: Pick<IncidentRecord, 'marks' | 'warned'>): Flag[] {
  return Object.keys(flags)
    .filter(isFlag)
    .filter((flag) => {
      const codes: readonly string[] = flags[flag].marks
      const numbers: readonly number[] = flags[flag].warnings
      return (
        marks.some(({ code }) => codes.includes(code)) ||
        warned.some((number) => numbers.includes(number))
      )
    })
}
