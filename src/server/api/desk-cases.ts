/** The JSON door's desk: one case with all that stands around it; claims and notes; many at once. */

import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox'
import type { FastifyReply } from 'fastify'
import { needs } from '#access/declaration.ts'
import {
  CaseAnswer,
  ClaimAnswer,
  DecideAnswer,
  DecideBody,
  NoteBody,
  NoteSchema,
  PreviewAnswer,
  PreviewBody,
} from '#api/desk-contracts.ts'
import { writeRefusal } from '#api/problem.ts'
import type { Language, Text } from '#base/text.ts'
import type { Answer, Standing } from '#casework/answer.ts'
import {
  type BulkAction,
  type CaseOutcome,
  type CasePreview,
  decideAll,
  previewAll,
} from '#casework/bulk.ts'
import { addNote, type ClaimAnswer as Claimed, claim, readCase, release } from '#casework/desk.ts'
import { judgeNow } from '#casework/judge-now.ts'
import { changesOf } from '#search/changes.ts'
import { nameOf } from '#search/disclose.ts'
import { askerOf, type Doors, orderOf, readId, sendNotDone } from '#server/api/context.ts'
import { problems, secured } from '#server/api/openapi.ts'
import { presentCase, presentSigns } from '#server/api/present-desk.ts'

const Id = Type.Object({ id: Type.String({ maxLength: 100 }) })
const working = needs('claim', 'decide', { fields: 'nothing' })

export const caseRoutes: FastifyPluginAsyncTypebox<{ doors: Doors }> = async (app, { doors }) => {
  app.get(
    '/desk/cases/:id',
    {
      config: { declaration: needs('list-pending', 'decide') },
      schema: {
        ...secured(
          'Desk',
          'Read a case',
          'Everything on one page: the incident and its timeline, what the rules say now, what an ' +
            'approval would change, who lives there, letters, notes, and other cases about the same.',
        ),
        params: Id,
        response: { 200: CaseAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const answer = await readCase(doors, orderOf(request))
      if (answer.kind !== 'done') return sendNotDone(reply, answer)
      return reply.send(presentCase(answer.standing, answer.surroundings, doors.house.clock()))
    },
  )
}

export const workRoutes: FastifyPluginAsyncTypebox<{ doors: Doors }> = async (app, { doors }) => {
  app.post(
    '/desk/cases/:id/claim',
    {
      config: { declaration: working },
      schema: {
        ...secured(
          'Desk',
          'Claim a case',
          'For as long as the municipality has set; again, it lasts longer. 409 tells who has it.',
        ),
        params: Id,
        response: { 200: ClaimAnswer, ...problems },
      },
    },
    async (request, reply) => sendClaim(reply, await claim(doors, orderOf(request))),
  )

  app.post(
    '/desk/cases/:id/release',
    {
      config: { declaration: working },
      schema: {
        ...secured('Desk', 'Release a case', 'What somebody else holds stays with them.'),
        params: Id,
        response: { 200: ClaimAnswer, ...problems },
      },
    },
    async (request, reply) => sendClaim(reply, await release(doors, orderOf(request))),
  )

  app.post(
    '/desk/cases/:id/notes',
    {
      config: { declaration: working },
      schema: {
        ...secured('Desk', 'Note something', 'Only for the authority; never changed or removed.'),
        params: Id,
        body: NoteBody,
        response: { 201: NoteSchema, ...problems },
      },
    },
    async (request, reply) => {
      const answer = await addNote(doors, { ...orderOf(request), text: request.body.text })
      if (answer.kind !== 'done') return sendNotDone(reply, answer)
      return reply.code(201).send({ ...answer.note, at: answer.note.at.toISOString() })
    },
  )
}

function sendClaim(reply: FastifyReply, answer: Claimed): FastifyReply {
  if (answer.kind !== 'done') return sendNotDone(reply, answer)
  const { id, claim: held } = answer
  const told = held && { personCode: held.personCode, until: held.until.toISOString() }
  return reply.send({ id, ...(told && { claim: told }) })
}

export const bulkRoutes: FastifyPluginAsyncTypebox<{ doors: Doors }> = async (app, { doors }) => {
  const { house } = doors

  app.post(
    '/desk/preview',
    {
      config: { declaration: needs('approve', 'decide', { budget: 'list' }) },
      schema: {
        ...secured(
          'Desk',
          'Preview approvals',
          'What the approval of each case would come to now, whom it would change, and what the ' +
            'queue marks of it. Nothing is done.',
        ),
        body: PreviewBody,
        response: { 200: PreviewAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const asker = askerOf(request)
      const orders = [...new Set(request.body.ids)].map((id) => ({ asker, ...readId(id) }))
      const outcomes = await previewAll(doors, asker, orders)
      const turned = turnedAwayIn(outcomes)
      if (turned) return sendNotDone(reply, turned)
      return reply.send({ items: outcomes.map(presentPreview) })
    },
  )

  app.post(
    '/desk/decide',
    {
      config: { declaration: needs(['approve', 'reject', 'undo'], 'decide', { budget: 'list' }) },
      schema: {
        ...secured(
          'Desk',
          'Decide many cases',
          'Each is a step of its own, and its outcome is told; one that changed since its version ' +
            'was seen is left (9054, 9084, 9085). Decisions are undone within their window.',
        ),
        body: DecideBody,
        response: { 200: DecideAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const asker = askerOf(request)
      const { action, cases, rejection } = request.body
      const once = new Map(cases.map((each) => [each.id, each]))
      const orders = [...once.values()].map(({ id, version }) => ({
        asker,
        ...readId(id),
        version,
        reasonCode: rejection?.code,
        text: rejection?.text,
      }))
      const outcomes = await decideAll(house, actionOf(action), orders)
      const turned = turnedAwayIn(outcomes)
      if (turned) return sendNotDone(reply, turned)
      const items = outcomes.map(presentOutcome)
      return reply.send({ done: items.filter(({ done }) => done).length, items })
    },
  )
}

function actionOf(action: string): BulkAction {
  return action === 'reject' || action === 'undo' ? action : 'approve'
}

type Turned = Extract<Answer, { kind: 'not-signed-on' | 'denied' }>

/** Who may not decide at all is told that, once. */
function turnedAwayIn(outcomes: readonly CaseOutcome[]): Turned | undefined {
  for (const { answer } of outcomes) {
    if (answer.kind === 'not-signed-on' || answer.kind === 'denied') return answer
  }
  return undefined
}

function refusalsOf(answer: Answer) {
  if (answer.kind === 'done') return []
  return (answer.kind === 'refused' ? answer.refusals : [answer.refusal]).map(writeRefusal)
}

function standingIn(answer: Answer) {
  return 'standing' in answer ? answer.standing : undefined
}

function aboutOf({ situation, record, caller }: Standing) {
  return { name: nameOf(situation.subject, caller), version: record.version }
}

function presentPreview({ id, answer, queued }: CasePreview) {
  const standing = standingIn(answer)
  const rules = standing ? judgeNow(standing) : []
  const changes = answer.kind === 'done' ? changesOf(answer.standing) : []
  return {
    id,
    ...(standing && aboutOf(standing)),
    approvable: answer.kind === 'done',
    refusals: refusalsOf(answer),
    warnings: rules.filter(({ severity }) => severity === 'warning').map(writeRefusal),
    // Of a case that this caller is shown nothing of, nothing is told.
    ...(standing && queued ? presentSigns(queued) : { flags: [], marks: [] }),
    effects: changes.map(({ pnr, name, rows }) => ({ pnr, name, text: textOf(rows) })),
  }
}

/** What becomes of each; a dash for nothing. What is nothing before and after is left out. */
function textOf(rows: readonly { readonly before: Text; readonly after: Text }[]) {
  const told = rows.filter(({ before, after }) => before.da !== '' || after.da !== '')
  const inWords = (language: Language) =>
    told
      .map(({ before, after }) => `${before[language] || '–'} → ${after[language] || '–'}`)
      .join('; ')
  return { da: inWords('da'), en: inWords('en') }
}

function presentOutcome({ id, answer }: CaseOutcome) {
  const standing = standingIn(answer)
  return {
    id,
    done: answer.kind === 'done',
    ...(standing && { ...aboutOf(standing), state: standing.record.state }),
    refusals: refusalsOf(answer),
  }
}
