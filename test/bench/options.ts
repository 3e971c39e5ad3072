/** What a benchmark can be asked for on the command line. */

import { parseArgs } from 'node:util'

export type Options = {
  readonly persons: number
  readonly clients: readonly number[]
  readonly seconds: number
  readonly rounds: number
  readonly connections: number
  readonly sandbox: boolean
  readonly check: boolean
  /** Measures what the time of an answer tells, and nothing else. */
  readonly timing: boolean
  readonly samples: number
  /** Measures the pages of the citizens' site, and nothing else. */
  readonly pages: boolean
  readonly json?: string | undefined
  readonly svg?: string | undefined
  readonly profile?: string | undefined
}

export const help = `How fast a full incident is: initiate, validate, save, approve.

  npm run bench -- [options]

  --persons N        how many persons the register has (10000; 1000000 takes some minutes first)
  --clients A,B,C    how many at a time, one level after another (1,8,32)
  --seconds N        how long each series runs in each round (4)
  --rounds N         how often the series take turns at each level (3)
  --connections N    of the server, and of the statements alone, to PostgreSQL (20)
  --no-sandbox       do not measure how long the sandbox takes to start
  --json FILE        write the result as JSON
  --svg FILE         draw it
  --timing           measure instead whether the time of an answer tells what it keeps
  --samples N        how many of each class then (2000)
  --pages            measure instead the pages of the citizens' site
  --check            exit with 1 when a bar is missed
  --profile DIR      have Node write a CPU profile of the server there
`

export function readOptions(args: readonly string[]): Options | 'help' {
  const { values } = parseArgs({
    args: [...args],
    allowNegative: true,
    options: {
      help: { type: 'boolean', short: 'h', default: false },
      persons: { type: 'string', default: '10000' },
      clients: { type: 'string', default: '1,8,32' },
      seconds: { type: 'string', default: '4' },
      rounds: { type: 'string', default: '3' },
      connections: { type: 'string', default: '20' },
      sandbox: { type: 'boolean', default: true },
      check: { type: 'boolean', default: false },
      timing: { type: 'boolean', default: false },
      samples: { type: 'string', default: '2000' },
      pages: { type: 'boolean', default: false },
      json: { type: 'string' },
      svg: { type: 'string' },
      profile: { type: 'string' },
    },
  })
  if (values.help) return 'help'
  return {
    persons: readNumber('persons', values.persons, 1_000, 10_000_000),
    clients: values.clients.split(',').map((each) => readNumber('clients', each, 1, 200)),
    seconds: readNumber('seconds', values.seconds, 1, 600),
    rounds: readNumber('rounds', values.rounds, 1, 100),
    connections: readNumber('connections', values.connections, 1, 80),
    sandbox: values.sandbox,
    check: values.check,
    timing: values.timing,
    pages: values.pages,
    samples: readNumber('samples', values.samples, 100, 1_000_000),
    json: values.json,
    svg: values.svg,
    profile: values.profile,
  }
}

function readNumber(name: string, text: string, min: number, max: number): number {
  const value = Number(text)
  if (Number.isInteger(value) && value >= min && value <= max) return value
  throw new Error(`--${name} must be a whole number from ${min} to ${max}`)
}
