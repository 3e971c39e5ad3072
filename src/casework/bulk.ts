/**
 * Many cases at once, each as a step of its own: what an approval would come to, and the decision.
 * One that cannot be decided holds up no other. Knows no door.
 */

import { danishDate } from '#base/calendar.ts'
import { Unavailable } from '#base/outage.ts'
import type { Answer } from '#casework/answer.ts'
import { approve, type RejectOrder, reject, whyNotApproved } from '#casework/decide.ts'
import type { Desk } from '#casework/desk.ts'
import type { QueueItem } from '#casework/desk-ports.ts'
import type { House } from '#casework/house.ts'
import type { Asker } from '#casework/ports.ts'
import { auditor, type StepOrder, shownHearings, takeStep } from '#casework/step.ts'
import { undo } from '#casework/undo.ts'
import { refuse } from '#incident/receipts.ts'

/** As many as a case worker can have looked at. */
export const bulkMax = 200
/** At a time: the others of the house want to be served as well. */
const lanes = 4

/** What an approval would come to now. It changes nothing, and is on record. */
export function previewApproval(house: House, order: StepOrder): Promise<Answer> {
  const plan = { act: 'preview', action: 'approve', actor: 'authority' } as const
  const whole = { ...plan, withArriving: true, withFacts: true } as const
  return takeStep(house, order, whole, async (ground) => {
    const { at, caller, record, standing } = ground
    const refusals = whyNotApproved(order, ground)
    const audit = auditor(house, { act: 'preview', at, asker: order.asker })
    const receipt = refusals[0]?.number ?? 0
    const outcome = receipt === 0 ? 'done' : 'refused'
    const effect =
      record.reading && receipt === 0
        ? standing.type.effect(record.reading, standing.situation)
        : []
    const persons = [...shownHearings(standing), ...effect.map(({ pnr }) => pnr)]
    await house.store.note(audit({ caller, outcome, receipt, record, persons }))
    return refusals.length > 0
      ? { kind: 'refused', refusals, standing }
      : { kind: 'done', standing, warnings: [] }
  })
}

const decisions = { approve, reject, undo } as const

export type BulkAction = keyof typeof decisions

export type CaseOutcome = { readonly id: string; readonly answer: Answer }

/** With what the queue marks of the case; undefined where it no longer waits with the caller. */
export type CasePreview = CaseOutcome & { readonly queued: QueueItem | undefined }

/** What the queue marks is read of all at once; each step then puts on record whom it shows. */
export async function previewAll(
  { house, desk }: Desk,
  asker: Asker,
  orders: readonly StepOrder[],
): Promise<readonly CasePreview[]> {
  const at = house.clock()
  const ids = orders.map(idOf)
  const page = await desk.queue({
    ...{ asker, at, today: danishDate(at), filter: { words: [], ids } },
    ...{ sort: 'received', after: undefined, limit: ids.length, withCounts: false },
  })
  const queued = new Map(page.items.map((item) => [item.record.id, item]))
  const outcomes = await each(orders, (order) => previewApproval(house, order))
  return outcomes.map((outcome) => ({ ...outcome, queued: queued.get(outcome.id) }))
}

export function decideAll(
  house: House,
  action: BulkAction,
  orders: readonly RejectOrder[],
): Promise<readonly CaseOutcome[]> {
  return each(orders, (order) => decisions[action](house, order))
}

/** What is not reached now is told of that case alone; the others are decided all the same. */
function outage(error: unknown): Answer {
  if (!(error instanceof Unavailable)) throw error
  return { kind: 'refused', refusals: [refuse(9022)], standing: undefined }
}

function idOf({ incident }: StepOrder): string {
  return 'id' in incident ? incident.id : incident.ts
}

/** In the order that was given; some at a time. */
async function each<Order extends StepOrder>(
  orders: readonly Order[],
  take: (order: Order) => Promise<Answer>,
): Promise<readonly CaseOutcome[]> {
  const outcomes: CaseOutcome[] = []
  const queue = [...orders.entries()]
  const work = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [place, order] = next
      outcomes[place] = { id: idOf(order), answer: await take(order).catch(outage) }
    }
  }
  await Promise.all(Array.from({ length: lanes }, work))
  return outcomes
}
