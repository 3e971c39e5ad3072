/**
 * A report that somebody is writing: what was answered, and how far the interplay has come. Kept
 * sealed at the CPR server for 30 days, so that nothing is lost when a browser closes.
 */

import { randomBytes } from 'node:crypto'
import type { Text } from '#base/text.ts'
import type { Conversation, IncidentTypeName, MasterData } from '#client/index.ts'
import type { Clients } from '#self-service/clients.ts'
import { known } from '#self-service/known.ts'
import type { Session } from '#self-service/session.ts'
import type { Seal } from '#web/seal.ts'

/** By field name as it was written, also where it is wrong: it is shown again. */
export type Answers = { readonly [name: string]: string | readonly string[] | undefined }

/** Why the CPR server did not accept something, and what is to blame. */
export type Blame = {
  readonly field?: string | undefined
  readonly number: number
  readonly text: Text
}

export type SummaryLine = { readonly label: Text; readonly value: readonly Text[] }

export type Draft = {
  readonly type: IncidentTypeName
  readonly subject: string
  readonly name: string
  readonly startedAt: number
  /** Who acts for the subject, and by which power of attorney. */
  readonly acting?: { readonly representative: string; readonly power: string }
  /** Sent before and returned: keys and number stay as they are. */
  readonly amends?: true
  readonly home?: MasterData['address']
  /** Where the subject lives, in words, as the register has it. */
  readonly homeText?: string
  readonly answers: Answers
  /** Pages that were answered, by name. */
  readonly done: readonly string[]
  readonly conversation?: Conversation
  readonly openedAt?: number
  /** What may be chosen, by field. */
  readonly candidates: { readonly [field: string]: readonly Candidate[] }
  readonly blames: readonly Blame[]
  readonly warnings: readonly Blame[]
  /** What the last validation approved; undefined when an answer changed since. */
  readonly checked?: { readonly texts: Texts }
  readonly saved?: { readonly at: number; readonly lines: readonly SummaryLine[] }
}

export type Candidate = { readonly value: string; readonly text: string }
export type Texts = { readonly [name: string]: string | readonly string[] | undefined }

export type Drafts = {
  readonly create: (draft: Draft, session: Session) => Promise<string>
  /** Undefined for a key that is none of this person's. */
  readonly find: (key: string, session: Session) => Promise<Draft | undefined>
  readonly put: (key: string, draft: Draft, session: Session) => Promise<void>
  readonly remove: (key: string) => Promise<void>
  readonly list: (
    session: Session,
  ) => Promise<readonly { readonly key: string; readonly draft: Draft }[]>
}

export function openDrafts(clients: Clients, seal: Seal): Drafts {
  const put = async (key: string, draft: Draft, { pnr }: Session) => {
    const content = seal.close(draft, `draft ${key} ${pnr}`)
    known(await clients.json.deposits.put('draft', key, { content, concerns: [pnr] }))
  }
  return {
    put,
    create: async (draft, session) => {
      const key = randomBytes(18).toString('base64url')
      await put(key, draft, session)
      return key
    },
    find: async (key, { pnr }) => {
      if (!/^[A-Za-z0-9_-]{24}$/.test(key)) return undefined
      const kept = await clients.json.deposits.get('draft', key)
      if (!kept.ok) return undefined
      return readDraft(seal.open(kept.value.content, `draft ${key} ${pnr}`))
    },
    remove: async (key) => {
      known(await clients.json.deposits.remove('draft', key))
    },
    list: async ({ pnr }) =>
      known(await clients.json.deposits.concerning('draft', pnr)).flatMap(({ key, content }) => {
        const draft = readDraft(seal.open(content, `draft ${key} ${pnr}`))
        return draft ? [{ key, draft }] : []
      }),
  }
}

/** Only this site can have sealed it; of an older form it is none. */
function readDraft(value: unknown): Draft | undefined {
  const isDraft = typeof value === 'object' && value !== null && 'answers' in value
  return isDraft ? (value as Draft) : undefined
}

/** An answer changed: what was checked is so no longer. */
export function changed(draft: Draft, answers: Answers, page: string): Draft {
  const { checked: _, ...rest } = draft
  const done = draft.done.includes(page) ? draft.done : [...draft.done, page]
  return { ...rest, answers: { ...draft.answers, ...answers }, done, warnings: [] }
}
