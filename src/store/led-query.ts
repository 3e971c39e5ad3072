/**
 * A query that goes to PostgreSQL with another one in front of it: both in one message, one round
 * trip and one transaction (between two Syncs everything is one). What the first sets `local` holds
 * for the second and for nothing after it. Knows no table. The driver has no word for this: what is
 * used of its inside is declared here, and the version is pinned.
 */

import pg from 'pg'

type Wire = pg.Connection & { readonly parsedStatements: Record<string, string> }

declare module 'pg' {
  interface Query {
    readonly name?: string
    prepare(connection: pg.Connection): void
    handleDataRow(message: unknown): void
    handleCommandComplete(message: unknown, connection: pg.Connection): void
    handleError(error: Error, connection: pg.Connection): void
  }
}

/** What leads: its values are as the wire has them. */
export type Leading = {
  readonly name?: string
  readonly text: string
  readonly values: readonly (string | Buffer | null)[]
}

/** The rows and the count of the second are the answer; of the first only that it did not fail. */
export class LedQuery extends pg.Query {
  readonly #lead: Leading
  #isLed = false

  constructor(
    lead: Leading,
    asked: { readonly name?: string; readonly text: string; readonly values: unknown[] },
    done: (error: Error | undefined, result: pg.QueryResult) => void,
  ) {
    super(asked, done)
    this.#lead = lead
  }

  override prepare(connection: Wire): void {
    const { name = '', text, values } = this.#lead
    if (name === '' || connection.parsedStatements[name] === undefined) {
      connection.parse({ name, text, types: [] }, true)
      if (name !== '') connection.parsedStatements[name] = text
    }
    connection.bind({ statement: name, values: [...values] }, true)
    connection.execute(null, true)
    super.prepare(connection)
  }

  override handleDataRow(message: unknown): void {
    if (this.#isLed) super.handleDataRow(message)
  }

  override handleCommandComplete(message: unknown, connection: Wire): void {
    if (this.#isLed) super.handleCommandComplete(message, connection)
    this.#isLed = true
  }

  /** After an error PostgreSQL passes over the rest, so neither is known to have been parsed. */
  override handleError(error: Error, connection: Wire): void {
    if (!this.#isLed) {
      for (const name of [this.#lead.name, this.name]) {
        if (name !== undefined) Reflect.deleteProperty(connection.parsedStatements, name)
      }
    }
    super.handleError(error, connection)
  }
}
