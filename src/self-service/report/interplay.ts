/**
 * The steps of the interplay for a draft: open, check, save, cancel, over GCTP. A refusal becomes
 * what is to blame in the draft; an outage is thrown, and the draft is as it was.
 */

import type { Refused, Step } from '#client/index.ts'
import { incidentTypes } from '#client/index.ts'
import type { Incident } from '#incident/define.ts'
import { keyFields } from '#incident/fields.ts'
import type { Clients } from '#self-service/clients.ts'
import type { Blame, Candidate, Draft } from '#self-service/report/draft.ts'
import { dataOf, keysOf } from '#self-service/report/plan.ts'
import type { Tools } from '#self-service/settings.ts'

/** A little less than the server gives a conversation without a step. */
const conversationMs = 25 * 60_000
/** The server knows no such conversation any more. */
const unknownConversation = 9003

type Interplay = Pick<Tools, 'clients' | 'clock'>

/** Opens a conversation when the keys are there and no running one has them. */
export async function open(tools: Interplay, type: Incident, draft: Draft): Promise<Draft> {
  const keys = keysOf(type, draft)
  // What was returned keeps its conversation until it is decided.
  if (keys === undefined || draft.amends) return draft
  const now = tools.clock().valueOf()
  const { conversation, openedAt = 0 } = draft
  const isSame =
    conversation?.keys.date === keys.date && conversation.keys.municipality === keys.municipality
  if (conversation && isSame && now - openedAt < conversationMs) return draft
  if (conversation) await tools.clients.gctp.cancel(conversation)
  const step = await tools.clients.gctp.initiate(draft.type, keys)
  const { conversation: _, checked: __, ...closed } = draft
  if (!step.ok) return { ...closed, blames: blamesOf(type, step) }
  return {
    ...closed,
    conversation: step.conversation,
    openedAt: now,
    candidates: candidatesOf(type, step),
    blames: [],
    warnings: detailsOf(type, step.warnings),
  }
}

/** Has the answers controlled and translated. A warning is heard once, then it passes. */
export async function check(
  tools: Interplay,
  type: Incident,
  draft: Draft,
  mayReopen = true,
): Promise<Draft> {
  const opened = await open(tools, type, draft)
  const { conversation } = opened
  if (conversation === undefined) return opened
  const step = await tools.clients.gctp.validate(conversation, dataFor(type, opened))
  if (step.ok) {
    return {
      ...opened,
      checked: { texts: step.texts },
      blames: [],
      openedAt: tools.clock().valueOf(),
    }
  }
  if (isGone(step) && mayReopen) return check(tools, type, withoutConversation(opened), false)
  if (!step.isWarning) return { ...opened, blames: blamesOf(type, step) }
  const heard = await tools.clients.gctp.validate(conversation, dataFor(type, opened))
  const warnings = blamesOf(type, step)
  if (!heard.ok) return { ...opened, blames: blamesOf(type, heard), warnings }
  return { ...opened, checked: { texts: heard.texts }, blames: [], warnings }
}

/** Saves what was checked; the same however often it is sent. */
export async function save(
  tools: Interplay,
  type: Incident,
  draft: Draft,
): Promise<{ readonly isSaved: boolean; readonly draft: Draft }> {
  const { conversation } = draft
  if (conversation === undefined) return { isSaved: false, draft }
  const step = await tools.clients.gctp.save(conversation, dataFor(type, draft))
  if (step.ok) return { isSaved: true, draft }
  const { checked: _, ...rest } = draft
  if (isGone(step))
    return { isSaved: false, draft: await check(tools, type, withoutConversation(rest)) }
  const told = blamesOf(type, step)
  return {
    isSaved: false,
    draft: step.isWarning
      ? { ...draft, warnings: [...draft.warnings, ...told] }
      : { ...rest, blames: told },
  }
}

/** Whether nothing is kept there now; what the server does not know any more is gone already. */
export async function cancel({ clients }: Interplay, { conversation }: Draft): Promise<boolean> {
  if (conversation === undefined) return true
  const step = await clients.gctp.cancel(conversation)
  return step.ok || isGone(step)
}

function isGone({ receipt }: Refused): boolean {
  return receipt.number === unknownConversation
}

function withoutConversation({ conversation: _, openedAt: __, ...draft }: Draft): Draft {
  return draft
}

/** The client's types are those of the declarations that the data were read by. */
function dataFor(type: Incident, draft: Draft) {
  return dataOf(type, draft) as Parameters<Clients['gctp']['validate']>[1]
}

function blamesOf(type: Incident, { receipt }: Refused): readonly Blame[] {
  const { details, number, text } = receipt
  return detailsOf(type, details.length > 0 ? details : [{ number, text }])
}

type Details = Step['warnings']

function detailsOf({ shape }: Incident, details: Details): readonly Blame[] {
  const fields = Object.entries({ ...keyFields, ...shape.fields })
  return details.map(({ field, number = 0, text, english }) => {
    const name = fields.find(([, each]) => each.wire === field || tableOf(each) === field)?.[0]
    return { field: name, number, text: { da: text, en: english ?? text } }
  })
}

function tableOf(field: object): string | undefined {
  return 'table' in field && typeof field.table === 'string' ? field.table : undefined
}

/** After the first step the data of a field of persons are those who may be chosen. */
function candidatesOf({ shape }: Incident, { data, texts }: Step): Draft['candidates'] {
  const persons = Object.keys(shape.fields).filter((name) => shape.fields[name]?.kind === 'persons')
  return Object.fromEntries(
    persons.map((name): [string, readonly Candidate[]] => {
      const [values, names] = [listOf(data[name]), listOf(texts[name])]
      return [name, values.map((value, at) => ({ value, text: names[at] ?? value }))]
    }),
  )
}

function listOf(value: string | readonly string[] | undefined): readonly string[] {
  return typeof value === 'string' ? [value] : (value ?? [])
}

export function isTypeName(name: string): name is Draft['type'] {
  return Object.hasOwn(incidentTypes, name)
}
