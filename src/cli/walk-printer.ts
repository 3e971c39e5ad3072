/** How the walk looks: chapters, one line on each message, the messages, and what was expected. */

import { indentXml } from '#cli/walk-xml.ts'
import type { Message } from '#client/index.ts'

export type Paper = {
  readonly write: (text: string) => void
  /** Only on a terminal. */
  readonly colours: boolean
}

const styles = { bold: 1, dim: 2, red: 31, green: 32, cyan: 36 } as const

export class Printer {
  readonly #paper: Paper
  #chapters = 0
  #held = 0
  #failed = 0

  constructor(paper: Paper) {
    this.#paper = paper
  }

  get held(): number {
    return this.#held
  }

  get failed(): number {
    return this.#failed
  }

  chapter(title: string): void {
    this.#chapters += 1
    this.#line(`\n${this.#style('bold', `${this.#chapters}. ${title}`)}`)
  }

  /** What the next message does, in one line. */
  say(text: string): void {
    this.#line(`\n${text}`)
  }

  message({ direction, text }: Message): void {
    const mark = direction === 'request' ? '-> request' : '<- answer'
    this.#line(this.#style('cyan', `  ${mark}`))
    this.#line(this.#style('dim', indentXml(text).replaceAll(/^/gm, '    ')))
  }

  /** Something else that went over the wire. */
  exchange(request: string, answer: unknown): void {
    this.message({ direction: 'request', text: request, bytes: new Uint8Array() })
    const text = JSON.stringify(answer, null, 2)
    this.message({ direction: 'answer', text, bytes: new Uint8Array() })
  }

  /** Counts what was expected, and says whether it is so. */
  check(expected: string, holds: boolean): void {
    if (holds) this.#held += 1
    else this.#failed += 1
    const verdict = holds ? this.#style('green', 'ok  ') : this.#style('red', 'FAIL')
    this.#line(`  ${verdict} ${expected}`)
  }

  /** The last line of all. */
  end(text: string): void {
    this.#line(`\n${this.#style(this.#failed === 0 ? 'green' : 'red', text)}`)
  }

  #line(text: string): void {
    this.#paper.write(`${text}\n`)
  }

  #style(style: keyof typeof styles, text: string): string {
    if (!this.#paper.colours) return text
    return text.replaceAll(/^.+$/gm, `\u001b[${styles[style]}m$&\u001b[0m`)
  }
}
