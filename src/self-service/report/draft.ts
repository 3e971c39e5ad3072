/**
 * A report that somebody is writing: what was answered, and how far the interplay has come. Kept
 * sealed at the CPR server for 30 days, so that nothing is lost when a browser closes.
 */

import type { Text } from '#base/text.ts'
import type { Conversation, IncidentTypeName, MasterData } from '#client/index.ts'
import type { Clients } from '#self-service/clients.ts'
import { keyForm } from '#self-service/keys.ts'
import { findKnown, isFull, isOvertaken, known } from '#self-service/known.ts'
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
  /** Who acts for the subject; `by` names the power of attorney, or the child, as `?for=` does. */
  readonly acting?: { readonly representative: string; readonly by: string }
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

export type KeptDraft = { readonly key: string; readonly version: number; readonly draft: Draft }

export type Drafts = {
  /** Under a new key; false when there are so many that there is no room for one more. */
  readonly create: (key: string, draft: Draft, session: Session) => Promise<boolean>
  /** Undefined for a key that is none of this person's. */
  readonly find: (key: string, session: Session) => Promise<KeptDraft | undefined>
  /** Over that version alone, and its version now; throws `Overtaken` when another one is there. */
  readonly put: (kept: Omit<KeptDraft, 'draft'>, draft: Draft, session: Session) => Promise<number>
  readonly remove: (key: string) => Promise<void>
  readonly list: (session: Session) => Promise<readonly KeptDraft[]>
}

/**
 * Another window, or the same button pressed twice, wrote first. Thrown, for what was being done
 * with the older draft is begun anew, wherever it was: only `withReport` catches it.
 */
export class Overtaken extends Error {
  override readonly name = 'Overtaken'
}

export function openDrafts(clients: Clients, seal: Seal): Drafts {
  const store = (key: string, draft: Draft, { pnr }: Session, replaces: number) => {
    const content = seal.close(draft, `draft ${key} ${pnr}`)
    // It belongs to who writes it, and is about whom it is written for, too.
    const concerns = [...new Set([pnr, draft.subject])]
    return clients.json.deposits.put('draft', key, { content, concerns, replaces })
  }
  return {
    put: async ({ key, version }, draft, session) => {
      const stored = await store(key, draft, session, version)
      if (isOvertaken(stored)) throw new Overtaken()
      return known(stored).version
    },
    create: async (key, draft, session) => {
      const stored = await store(key, draft, session, 0)
      if (isFull(stored)) return false
      // The button was pressed twice, and the other press was quicker.
      if (isOvertaken(stored)) return true
      known(stored)
      return true
    },
    find: async (key, { pnr }) => {
      if (!keyForm.test(key)) return undefined
      const kept = findKnown(await clients.json.deposits.get('draft', key))
      if (kept === undefined) return undefined
      const { content, version } = kept
      const draft = readDraft(seal.open(content, `draft ${key} ${pnr}`))
      return draft && { key, version, draft }
    },
    remove: async (key) => {
      known(await clients.json.deposits.remove('draft', key))
    },
    list: async ({ pnr }) =>
      known(await clients.json.deposits.concerning('draft', pnr)).flatMap(
        ({ key, version, content }) => {
          // Those that somebody else writes about the person open under that other's number alone.
          const draft = readDraft(seal.open(content, `draft ${key} ${pnr}`))
          return draft ? [{ key, version, draft }] : []
        },
      ),
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
