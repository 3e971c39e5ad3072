/**
 * The matrix of rights: every call of both doors × every group × every relation to an incident
 * (own, another's, waiting here, waiting elsewhere, nobody's), against rows written apart from the
 * table. That every call has a row is a rule of the house.
 */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { present } from '#base/assert.ts'
import { decisionTable } from '#gctp/values.ts'
import { writeNewPassword, writeSignOff, writeSignOn } from '#gctp/write-request.ts'
import { fieldsOf, messagesFor, stamp } from '#test/doors/gctp-messages.ts'
import { begin, beginPending, emptyIn, moveTo } from '#test/doors/incidents.ts'
import {
  type Group,
  groupNames,
  type MatrixRow,
  matrixRows,
  type On,
} from '#test/doors/matrix-rows.ts'
import {
  at,
  envelope,
  listAt,
  type Reply,
  send,
  sendGctp,
  signOn,
  textAt,
} from '#test/doors/talk.ts'
import { openTestServer, type TestCode } from '#test/server.ts'

const server = await openTestServer()
await server.ownerPool.script('update address set rooms = 9')
const { scenario } = server
const rows = matrixRows(scenario.ordinaryAdult)

/** Two of those who decide: one with whom it lies, and another one. */
const callers = [...groupNames, 'otherMunicipality', 'nobody'] as const
type Caller = (typeof callers)[number]
const codes: { readonly [C in Exclude<Caller, 'nobody'>]: TestCode } = {
  ...server.codes,
  lead: await server.newCode('team-lead', '0751'),
  receiver: await server.newCode('receiver', '0011'),
  reviewer: await server.newCode('log-reviewer', '0751'),
  administrator: await server.newCode('administrator', '0751'),
}
const tokens = new Map<Caller, string>()
for (const caller of callers) {
  if (caller !== 'nobody') tokens.set(caller, await signOn(server, codes[caller]))
}
const groupOf = (caller: Caller): Group | undefined =>
  caller === 'nobody' ? undefined : caller === 'otherMunicipality' ? 'municipality' : caller

type Kind = {
  readonly by: 'citizen' | 'municipality' | 'otherMunicipality' | 'office'
  readonly lies: 'nowhere' | 'municipality' | 'otherMunicipality'
}
const reporters = ['citizen', 'municipality', 'otherMunicipality', 'office'] as const
const kinds: readonly Kind[] = reporters.flatMap((by) =>
  (['nowhere', 'municipality', 'otherMunicipality'] as const).map((lies) => ({ by, lies })),
)
const persons = {
  citizen: scenario.ordinaryAdult,
  municipality: scenario.centenarian,
  otherMunicipality: scenario.newcomer,
  office: scenario.noFixedAddress,
}

async function make(kind: Kind): Promise<On> {
  const token = present(tokens.get(kind.by), 'a token')
  const pnr = persons[kind.by]
  const municipality = kind.lies === 'otherMunicipality' ? '0851' : '0751'
  const keys = { pnr, municipality }
  const data = moveTo(emptyIn(server, municipality, reporters.indexOf(kind.by)))
  const { id, ts } =
    kind.lies === 'nowhere'
      ? await begin(server, token, keys)
      : await beginPending(server, token, { ...keys, data })
  return { id, ts, hearing: 'none', pnr, municipality }
}

/** What nobody has: every answer about another's must be the same as about this. */
const nobodys: On = {
  ...{ id: `flyt-i.${'7'.repeat(26)}`, ts: '20200101000000000000', hearing: 'none' },
  ...{ pnr: scenario.ordinaryAdult, municipality: '0751' },
}

type Verdict = 'in' | 'not-signed-on' | 'denied' | 'unknown'

/** What the rows say in words, of an incident of a kind; undefined for one that nobody has. */
function expected({ may, whose }: MatrixRow, caller: Caller, kind: Kind | undefined): Verdict {
  if (may === 'everybody') return 'in'
  const group = groupOf(caller)
  if (group === undefined) return 'not-signed-on'
  if (may === 'signed-on') return 'in'
  if (!may.includes(group)) return 'denied'
  if (whose === undefined) return 'in'
  if (kind === undefined) return 'unknown'
  const isReporter = caller === kind.by
  // A team lead decides as any other case worker of the municipality does.
  const isDecider = (caller === 'lead' ? 'municipality' : caller) === kind.lies
  const isSaved = kind.lies !== 'nowhere'
  const isTheirs = {
    reporter: isReporter,
    decider: isDecider,
    reader: isReporter || isDecider || caller === 'office',
    party: isSaved,
    asked: isDecider || caller === 'citizen',
  }[whose]
  return isTheirs ? 'in' : 'unknown'
}

const { update, keyOf } = messagesFor(server)
const unknownSystem = envelope(
  '<System r="CprSlet"><Service r="X"><CprServiceHeader r="X"><Key/></CprServiceHeader></Service></System>',
)

function messageOf(word: string, caller: Caller, on: On): Buffer {
  if (word === 'sign-on') return writeSignOn({ userId: 'W0000000', password: 'x' })
  if (word === 'sign-off') return writeSignOff()
  if (word === 'unknown-system') return unknownSystem
  if (word === 'search') return stamp(fieldsOf({ PNR: scenario.ordinaryAdult }))
  if (word === 'new-password') {
    const again = { newPassword: 'x', newPasswordAgain: 'y' }
    return writeNewPassword({ userId: 'W0000000', password: 'x', ...again })
  }
  const key = keyOf(on.pnr, { KOMKOD: on.municipality })
  const mk = caller === 'nobody' ? '0042' : codes[caller].authority
  if (word === 'INIT') return update({ mk, key: keyOf(on.pnr, { HDTO: '18000101' }) })
  const data = word === 'VALIDER' ? { data: { fields: [], tables: [] } } : chosenIn(word)
  return update({ action: word, ts: on.ts, mk, key, ...data })
}

/** A person who is none of the incident's: let in, and refused. */
function chosenIn(word: string) {
  if (!['GODKEND', 'AFVIS', 'OMGOER'].includes(word)) return {}
  const { table, field } = decisionTable
  const row = { key: undefined, fields: fieldsOf({ [field]: 'x' }) }
  return { data: { fields: [], tables: [{ name: table, rows: [row] }] } }
}

async function ask(row: MatrixRow, caller: Caller, on: On): Promise<Reply & { verdict: Verdict }> {
  const token = tokens.get(caller)
  const { gctp, path = '/', ...sent } = row.ask(on)
  if (gctp === undefined) {
    const reply = await send(server, { ...sent, path, token })
    return { ...reply, verdict: verdictOfJson(row, reply) }
  }
  const reply = await sendGctp(server, messageOf(gctp, caller, on), token)
  return { ...reply, verdict: verdictOf(row, reply.receipt.number) }
}

function verdictOfJson(row: MatrixRow, { status, body }: Reply): Verdict {
  if (status < 400) return 'in'
  return verdictOf(row, Number(at(body, 'receipt')))
}

/** 903 and 905 are answers to a sign-on itself, which everybody may try. */
function verdictOf({ may, whose }: MatrixRow, receipt: number): Verdict {
  if (receipt === 901 && may !== 'everybody') return 'not-signed-on'
  if ([4, 5, 184].includes(receipt)) return 'denied'
  return [9003, 9030].includes(receipt) && whose !== undefined ? 'unknown' : 'in'
}

let cells = 0

for (const [name, row] of Object.entries(rows).filter(([, { whose }]) => whose === undefined)) {
  test(`who may: ${name}`, async () => {
    for (const caller of callers) {
      const { verdict, bytes } = await ask(row, caller, nobodys)
      assert.equal(verdict, expected(row, caller, undefined), `${caller}: ${bytes.toString()}`)
      cells += 1
      // Whoever was signed off by that signs on again.
      const again = name.endsWith('sign-off') || name.startsWith('DELETE /api/v1/sessions')
      if (again && caller !== 'nobody') tokens.set(caller, await signOn(server, codes[caller]))
    }
  })
}

const onIncidents = Object.entries(rows).filter(
  ([, { whose }]) => whose !== undefined && whose !== 'asked',
)

for (const kind of kinds) {
  const where = kind.lies === 'nowhere' ? 'not saved' : `waiting at ${kind.lies}`
  test(`who may what with an incident of ${kind.by}, ${where}`, async () => {
    let on = await make(kind)
    for (const [name, row] of onIncidents) {
      for (const caller of callers) {
        const wanted = expected(row, caller, kind)
        const reply = await ask(row, caller, on)
        assert.equal(reply.verdict, wanted, `${name}, ${caller}: ${reply.bytes.toString('latin1')}`)
        if (wanted === 'unknown') {
          // GCTP names the keys and the authority of the message again in its answer.
          const unknown = await ask(row, caller, { ...nobodys, ...keysOf(on) })
          assert.deepEqual(reply.bytes, unknown.bytes, `${name}, ${caller}`)
        }
        cells += 1
        // What was let in and had its effect is made anew.
        if (wanted === 'in' && /(cancel|withdraw)$/.test(name)) on = await make(kind)
      }
    }
  })
}

const keysOf = ({ pnr, municipality }: On) => ({ pnr, municipality })

test('who may what with an incident that nobody has', async () => {
  for (const [name, row] of onIncidents) {
    for (const caller of callers) {
      const { verdict } = await ask(row, caller, nobodys)
      assert.equal(verdict, expected(row, caller, undefined), `${name}, ${caller}`)
      cells += 1
    }
  }
})

test('who may answer what a person is asked', async () => {
  const row = present(rows['POST /api/v1/hearings/:id/answer'], 'the row')
  const [asked] = scenario.flatmates
  const { rows: homes } = await server.ownerPool.script(
    `select a.road, a.house, a.floor, a.door from person p join address a on a.key = p.address_key
     where p.pnr = '${asked}'`,
  )
  const data = Object.fromEntries(
    Object.entries(homes[0] ?? {}).filter(([, value]) => value !== ''),
  )
  const token = present(tokens.get('citizen'), 'a token')
  await beginPending(server, token, { pnr: scenario.protectedAdult, data })
  const body = { pnr: asked }
  const list = await send(server, { path: '/api/v1/hearings/lookup', token, body })
  const hearing = textAt(listAt(list.body, 'items')[0], 'id')
  const on = { ...nobodys, hearing, pnr: asked }
  for (const caller of callers) {
    const wanted = expected(row, caller, { by: 'citizen', lies: 'municipality' })
    const reply = await ask(row, caller, on)
    assert.equal(reply.verdict, wanted, `${caller}: ${reply.bytes.toString()}`)
    const another = await ask(row, caller, { ...on, pnr: scenario.ordinaryAdult })
    const isLetIn = wanted === 'in' ? 'unknown' : wanted
    assert.equal(another.verdict, isLetIn, `${caller} for another`)
    cells += 2
  }
})

test('no cell was left out', () => {
  const general = Object.values(rows).filter(({ whose }) => whose === undefined).length
  const wanted = callers.length * (general + (kinds.length + 1) * onIncidents.length + 2)
  assert.equal(cells, wanted)
})
