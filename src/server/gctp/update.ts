/** A message to CprAjour: one step of an incident, from the wire to casework and back. */

import type { Answer, Standing } from '#casework/answer.ts'
import { approve, reject } from '#casework/decide.ts'
import { refuseUnknown, refuseUnknownAction } from '#casework/follow.ts'
import type { House } from '#casework/house.ts'
import { initiate, initiateAgain } from '#casework/initiate.ts'
import type { Asker } from '#casework/ports.ts'
import { cancel, save, validate } from '#casework/report.ts'
import { hasPending, type StepOrder } from '#casework/step.ts'
import { forward, returnForAmendment, withdraw } from '#casework/turns.ts'
import { undo } from '#casework/undo.ts'
import { findValue, repeatedNames } from '#gctp/envelope.ts'
import {
  readIncidentData,
  readIncidentKeys,
  wireNameOf,
  writeIncidentAnswer,
} from '#gctp/incident-fields.ts'
import type { AnswerData, Data, GctpAnswer, Receipt, Update } from '#gctp/message.ts'
import { errorReceipt, okReceipt, refusalReceipt, securityReceipt } from '#gctp/receipt.ts'
import { stampGroup } from '#gctp/stamp.ts'
import {
  type ActionName,
  actionWords,
  decisionTable,
  findAction,
  forwardFields,
  headerMarks,
  rejectionFields,
  representativeKey,
  returnFields,
  stateWords,
} from '#gctp/values.ts'
import type { Incident } from '#incident/define.ts'
import { receiptText, refuse } from '#incident/receipts.ts'
import type { Refusal } from '#incident/refusal.ts'
import { translate } from '#incident/translate.ts'
import { findByCode } from '#incidents/catalogue.ts'
import { masterDataOf } from '#search/disclose.ts'
import type { Doors } from '#server/api/context.ts'

/** How much of a word that is none is said again. */
const wordLengthMax = 20

const noData: Data = { fields: [], tables: [] }

/** Answers a message to CprAjour. What every answer has is added by the door. */
export async function answerUpdate(
  doors: Doors,
  request: Update,
  asker: Asker,
): Promise<GctpAnswer> {
  const type = findByCode(request.serviceKey)
  const action = findAction(request.action ?? '')
  const { version, service } = request
  if (!type) {
    const refusal = refuse(9001)
    const stranger = await refuseUnknown(doors.house, asker, 'initiate', refusal)
    if (stranger) return { kind: 'security', version, receipt: securityReceipt(901) }
    const receipt = errorReceipt(refusal.number, refusal.text.da)
    return { kind: 'update', version, service, header: headerOf(request), receipt }
  }
  if (!action) {
    const word = (request.action ?? '').slice(0, wordLengthMax)
    const refusal = refuse(9028, undefined, word)
    const { mk } = request
    const answer = await refuseUnknownAction(doors.house, { asker, type, mk }, refusal)
    return write(request, type, undefined, answer)
  }
  const answer = await take(doors, { request, asker, type, action })
  return write(request, type, action, answer)
}

type Order = {
  readonly request: Update
  readonly asker: Asker
  readonly type: Incident
  readonly action: ActionName
}

function take({ house }: Doors, order: Order): Promise<Answer> {
  const { request, asker, type, action } = order
  const { mk, ts } = request
  const [key, representative] = partRepresentative(request.key)
  const keys = readIncidentKeys(key)
  if (action === 'initiate' && ts === undefined) {
    return initiate(house, { asker, type, mk, keys, representative, misread: misreadOf(request) })
  }
  const step: StepOrder = {
    asker,
    type,
    mk,
    // A conversation that is not named is one that nobody knows (9003).
    incident: { ts: ts ?? '' },
    keys,
    representative,
  }
  const data = request.data ?? noData
  switch (action) {
    case 'initiate':
      return initiateAgain(house, step)
    case 'validate':
      return validate(house, { ...step, data: readIncidentData(type.shape, data) })
    case 'save':
      return isEmpty(data)
        ? save(house, step)
        : save(house, { ...step, data: readIncidentData(type.shape, data) })
    case 'cancel':
      return cancel(house, { ...step, misread: strangersIn(data, {}) })
    case 'approve':
      return approve(house, {
        ...step,
        persons: chosenIn(data),
        misread: strangersIn(data, { table: decisionTable }),
      })
    case 'reject':
      return reject(house, {
        ...step,
        reasonCode: findValue(data.fields, rejectionFields.code),
        text: findValue(data.fields, rejectionFields.text),
        persons: chosenIn(data),
        misread: strangersIn(data, {
          table: decisionTable,
          fields: Object.values(rejectionFields),
        }),
      })
    default:
      return takeTurn(house, step, data, action)
  }
}

type TurnName = 'undo' | 'withdraw' | 'return' | 'forward'

function takeTurn(house: House, step: StepOrder, data: Data, action: TurnName): Promise<Answer> {
  switch (action) {
    case 'undo':
      return undo(house, {
        ...step,
        persons: chosenIn(data),
        misread: strangersIn(data, { table: decisionTable }),
      })
    case 'withdraw':
      return withdraw(house, { ...step, misread: strangersIn(data, {}) })
    case 'return':
      return returnForAmendment(house, {
        ...step,
        fields: returnedIn(step.type, data),
        text: findValue(data.fields, returnFields.text),
        misread: strangersIn(data, { table: returnFields, fields: [returnFields.text] }),
      })
    case 'forward':
      return forward(house, {
        ...step,
        authority: findValue(data.fields, forwardFields.authority),
        text: findValue(data.fields, forwardFields.text),
        misread: strangersIn(data, { fields: Object.values(forwardFields) }),
      })
    default:
      return action satisfies never
  }
}

/** The keys of every incident, and who acts for the person; named twice, nobody knows which. */
function partRepresentative(key: Update['key']): readonly [Update['key'], string | undefined] {
  if (repeatedNames(key).includes(representativeKey)) return [key, undefined]
  return [key.filter(({ name }) => name !== representativeKey), findValue(key, representativeKey)]
}

/** What an initiation may not have: old keys (4599), and data, for there is nothing yet (16). */
function misreadOf({ countryOrOnBehalf, data }: Update): readonly Refusal[] {
  const field = data?.fields.find(({ value }) => value !== undefined)?.name ?? data?.tables[0]?.name
  return [
    ...(countryOrOnBehalf ? [refuse(4599)] : []),
    ...(field === undefined ? [] : [refuse(16, field)]),
  ]
}

type OwnTable = { readonly table: string; readonly field: string }
type OwnData = { readonly fields?: readonly string[]; readonly table?: OwnTable }

/** Whatever an action of its own data does not have, or has twice: it decides nothing (16). */
function strangersIn({ fields, tables }: Data, own: OwnData): readonly Refusal[] {
  const known = own.fields ?? []
  const sent = fields.filter(({ value }) => value !== undefined)
  const strange = sent.map(({ name }) => name).filter((name) => !known.includes(name))
  const names = tables.map(({ name }) => name)
  const isOwn = ({ name, rows }: Data['tables'][number]) =>
    own.table?.table === name && rows.every(isRowOf(own.table))
  const strangeTables = tables.filter((table) => !isOwn(table)).map(({ name }) => name)
  const twice = names.filter((name, place) => names.indexOf(name) !== place)
  const all = [...strange, ...repeatedNames(sent), ...strangeTables, ...twice]
  return [...new Set(all)].map((name) => refuse(16, name))
}

/** One field, which is the table's own. */
function isRowOf({ field }: OwnTable) {
  return ({ fields }: Data['tables'][number]['rows'][number]): boolean =>
    fields.length === 1 && fields[0]?.name === field
}

/** Those of its persons that are decided on; undefined for all. What is no number is nobody. */
function chosenIn(data: Data): readonly string[] | undefined {
  return listIn(data, decisionTable)
}

/** What is to be amended, by the names of the type; a wire name that it has not names nothing. */
function returnedIn(type: Incident | undefined, data: Data): readonly string[] {
  if (!type) return []
  const { shape } = type
  const names = Object.keys(shape.fields)
  return (listIn(data, returnFields) ?? []).map(
    (wire) => names.find((name) => wireNameOf(shape, name) === wire) ?? '',
  )
}

function listIn({ tables }: Data, { table, field }: OwnTable): readonly string[] | undefined {
  const found = tables.filter(({ name }) => name === table)
  if (found.length === 0) return undefined
  return found.flatMap(({ rows }) => rows.map(({ fields }) => findValue(fields, field) ?? ''))
}

function isEmpty({ fields, tables }: Data): boolean {
  return fields.every(({ value }) => value === undefined) && tables.length === 0
}

/** What a decision calls its own data, by the names of casework. */
const ownWireNames: {
  readonly [A in ActionName]?: { readonly [name: string]: string }
} = {
  approve: { persons: decisionTable.table },
  reject: {
    reasonCode: rejectionFields.code,
    text: rejectionFields.text,
    persons: decisionTable.table,
  },
  return: { fields: returnFields.table, text: returnFields.text },
  forward: forwardFields,
  undo: { persons: decisionTable.table },
}

function write(
  request: Update,
  type: Incident,
  action: ActionName | undefined,
  answer: Answer,
): GctpAnswer {
  const { version, service } = request
  const own = new Map(Object.entries((action && ownWireNames[action]) ?? {}))
  own.set('representative', representativeKey)
  const wireName = (field: string) => own.get(field) ?? wireNameOf(type.shape, field)
  const update = (receipt: Receipt, standing?: Standing, data?: AnswerData): GctpAnswer => ({
    kind: 'update',
    version,
    service,
    header: headerOf(request, standing),
    ...(data && { data }),
    receipt,
  })
  switch (answer.kind) {
    case 'not-signed-on':
      return { kind: 'security', version, receipt: securityReceipt(901) }
    case 'denied':
    case 'unknown':
      return update(errorReceipt(answer.refusal.number, answer.refusal.text.da))
    case 'not-allowed':
      return update(errorReceipt(answer.refusal.number, answer.refusal.text.da), answer.standing)
    case 'refused':
      return update(refusalReceipt(answer.refusals, wireName), answer.standing)
    case 'done': {
      const { standing, warnings } = answer
      const stops = action === 'initiate' && warnings.length > 0
      const receipt = stops ? refusalReceipt(warnings, wireName) : acknowledge(standing)
      return update(receipt, standing, dataOf(action, standing))
    }
    default:
      return answer satisfies never
  }
}

/** AUD-6: whom it is about and who acted for that person both stand in the receipt. */
function acknowledge({ record: { keys, representative } }: Standing): Receipt {
  if (representative === undefined) return okReceipt
  const text = receiptText(9080, keys.pnr, representative).da
  return { ...okReceipt, details: [{ text, field: representativeKey, number: 9080 }] }
}

/** Master data and an empty form for INIT, translated data for VALIDER, else nothing. */
function dataOf(action: ActionName | undefined, standing: Standing): AnswerData | undefined {
  const { type, situation, subject, caller, candidates, reading } = standing
  if (action === 'initiate') {
    const master = masterDataOf(subject, caller, hasPending(standing))
    return { group: stampGroup(master), ...writeIncidentAnswer(type.shape, {}, { candidates }) }
  }
  if (action !== 'validate' || !reading) return undefined
  const translations = translate(type.shape, reading, situation)
  return writeIncidentAnswer(type.shape, reading, { translations })
}

function headerOf({ mk }: Update, standing?: Standing) {
  return {
    ...(mk !== undefined && { mk }),
    vent: true,
    st: headerMarks.primary,
    ...(standing && {
      state: stateWords[standing.record.state],
      ts: standing.record.ts,
      actions: standing.actions.flatMap((each) => (each === 'expire' ? [] : [actionWords[each]])),
    }),
  } as const
}
