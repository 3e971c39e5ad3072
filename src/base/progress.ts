/** A line that tells how far a long task is; silent for the first second. Knows no task. */

/** Where the line goes: standard error, as a rule. */
export type ProgressStream = { readonly isTTY?: boolean; write(text: string): unknown }

export type Progress = {
  /** Tells that `done` of `total` are done. */
  readonly tell: (done: number, total: number) => void
  readonly end: () => void
}

const silentForMs = 1000
const redrawAfterMs = 100

/** On a terminal one line that is drawn again; elsewhere a plain line for each tenth. */
export function openProgress(
  label: string,
  { stream, clock }: { readonly stream: ProgressStream; readonly clock: () => number },
): Progress {
  const startedAt = clock()
  let drawnAt = 0
  let tenths = 0
  const tell = (done: number, total: number) => {
    const at = clock()
    if (at - startedAt < silentForMs || total <= 0) return
    const percent = Math.min(100, Math.floor((100 * done) / total))
    const line = `${label} ${percent} % (${done} of ${total})`
    if (stream.isTTY) {
      if (at - drawnAt < redrawAfterMs) return
      stream.write(`\r\u001b[2K${line}`)
      drawnAt = at
    } else if (Math.floor(percent / 10) > tenths) {
      tenths = Math.floor(percent / 10)
      stream.write(`${line}\n`)
    }
  }
  return { tell, end: () => drawnAt > 0 && void stream.write('\r\u001b[2K') }
}
