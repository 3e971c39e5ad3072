/**
 * Time limits: how long what is kept about people is kept, and who sees to it that it goes. The one
 * place that says so: the record of processing is written from it, and what clears away reads it.
 */

type Span = { readonly amount: number; readonly unit: 'minute' | 'day' | 'month' }

/** Work that a server does as time passes; a command of the owner, where no server may remove. */
type Keeper = { readonly work: string } | { readonly command: string }

type LimitRow = {
  readonly what: string
  /** Undefined where it is kept as long as the register. */
  readonly span?: Span
  /** From when the span runs, or why there is none. */
  readonly from: string
  /** What the span does not say; *own* where no law was found that says how long. */
  readonly note: string
  readonly keeper?: Keeper
}

const own = '*(own)*'
const clear = { command: 'samspil evidence clear' } as const

export const timeLimits = {
  'unsaved-report': {
    what: 'A report that is not saved',
    span: { amount: 30, unit: 'minute' },
    from: 'its last step',
    note: `${own}; then what was typed and found is emptied, within a minute or two`,
    keeper: { work: 'conversations' },
  },
  'ended-report': {
    what: 'Of a report that ended unsaved: whose it was, its type, day and municipality, who began it',
    span: { amount: 28, unit: 'day' },
    from: 'its end',
    note: `${own}; an employee's until their week is drawn for the control of the log`,
    keeper: { work: 'conversations' },
  },
  'saved-report': {
    what: 'A saved report with its hearings, decisions, notes and letters',
    from: 'it is a case file, and what the register rests on',
    note: own,
  },
  register: {
    what: 'Facts and events of the register',
    from: 'facts are superseded and never removed',
    note: 'CPR-loven',
  },
  'read-log': {
    what: 'In the log: who read what, and who signed on',
    span: { amount: 24, unit: 'month' },
    from: 'the act',
    note: `${own}; at least 12 by the technical minimum requirements of the state`,
    keeper: clear,
  },
  'change-log': {
    what: 'In the log: who reported, decided or changed what',
    span: { amount: 60, unit: 'month' },
    from: 'the act',
    note: own,
    keeper: clear,
  },
  'code-log': {
    what: 'In the log: through whose hands a person code came',
    from: 'who may hold two of them is told from it, and four eyes rest on that',
    note: own,
  },
  'log-review': {
    what: 'A review of the log: what was drawn, asked and judged',
    span: { amount: 60, unit: 'month' },
    from: 'the draw',
    note: own,
    keeper: { work: 'log-reviews' },
  },
  'person-code': {
    what: 'Person codes, their holders and notices',
    from: 'reports, decisions and the log name them',
    note: own,
  },
  employee: {
    what: 'The personal number of who uses a person code',
    span: { amount: 12, unit: 'month' },
    from: 'when the code was retired',
    note: `${own}; sooner when it is taken back`,
    keeper: { work: 'log-reviews' },
  },
  token: {
    what: 'Tokens, and counts of attempts',
    span: { amount: 1, unit: 'day' },
    from: 'their end',
    note: own,
    keeper: { work: 'tokens' },
  },
  draft: {
    what: 'Drafts',
    span: { amount: 30, unit: 'day' },
    from: 'when they were last stored',
    note: own,
    keeper: { work: 'deposits' },
  },
  'browser-session': {
    what: 'Browser sessions',
    span: { amount: 1, unit: 'day' },
    from: 'when they were last stored',
    note: own,
    keeper: { work: 'deposits' },
  },
  'power-of-attorney': {
    what: 'Powers of attorney',
    span: { amount: 1_830, unit: 'day' },
    from: 'when they were last stored',
    note: `at most, and else to the end of their term ${own}`,
    keeper: { work: 'deposits' },
  },
  'saved-views': {
    what: 'Saved views of the desk',
    span: { amount: 1_830, unit: 'day' },
    from: 'when they were last stored',
    note: own,
    keeper: { work: 'deposits' },
  },
} as const satisfies { readonly [name: string]: LimitRow }

export type TimeLimit = keyof typeof timeLimits
/** Those that end. */
export type EndingLimit = {
  [N in TimeLimit]: (typeof timeLimits)[N] extends { readonly span: Span } ? N : never
}[TimeLimit]

export const limitNames = Object.keys(timeLimits).filter(isLimit)

function isLimit(name: string): name is TimeLimit {
  return Object.hasOwn(timeLimits, name)
}

export function limitOf(name: TimeLimit): LimitRow {
  return timeLimits[name]
}

/** What of that kind began, ended or was last used by then is kept too long. */
export function keptSince(name: EndingLimit, now: Date): Date {
  const { amount, unit }: Span = timeLimits[name].span
  const since = new Date(now)
  if (unit === 'minute') since.setUTCMinutes(since.getUTCMinutes() - amount)
  else if (unit === 'day') since.setUTCDate(since.getUTCDate() - amount)
  else setMonthsBack(since, amount)
  return since
}

/** The 31st goes back to the last day of a shorter month. */
function setMonthsBack(day: Date, months: number): void {
  const wanted = day.getUTCDate()
  day.setUTCDate(1)
  day.setUTCMonth(day.getUTCMonth() - months)
  const last = new Date(Date.UTC(day.getUTCFullYear(), day.getUTCMonth() + 1, 0)).getUTCDate()
  day.setUTCDate(Math.min(wanted, last))
}

/** As '24 months'. */
export function saySpan({ amount, unit }: Span): string {
  return `${amount.toLocaleString('en')} ${unit}${amount === 1 ? '' : 's'}`
}
