/** The dialogue of the interplay over GCTP, against a live server: what is sent and what is heard. */

import assert from 'node:assert/strict'
import { connect } from 'node:net'
import { test } from 'node:test'
import { readTokenSetCookie } from '#gctp/cookie.ts'
import type { AnswerField, UpdateAnswer } from '#gctp/message.ts'
import { gctpPath } from '#gctp/values.ts'
import { writeNewPassword, writeSignOff, writeSignOn } from '#gctp/write-request.ts'
import { fieldsOf, messagesFor, stamp } from '#test/doors/gctp-messages.ts'
import { begin } from '#test/doors/incidents.ts'
import { type GctpReply, send, sendGctp, signOnGctp } from '#test/doors/talk.ts'
import { newPassword, openTestServer } from '#test/server.ts'

const server = await openTestServer({ gctp: { env: 'Demo' } })
const { scenario, codes } = server
const { keyOf, dataOf, update } = messagesFor(server)
const citizen = await signOnGctp(server, codes.citizen)
const clerk = await signOnGctp(server, codes.municipality)

function answerOf({ answer }: GctpReply): UpdateAnswer {
  assert.equal(answer.kind, 'update')
  return answer
}

const textOf = ({ bytes }: GctpReply) => bytes.toString('latin1')

function fieldIn(fields: readonly AnswerField[] | undefined, name: string): AnswerField {
  const found = fields?.find((each) => each.name === name)
  assert.ok(found, name)
  return found
}

async function initiated(pnr: string) {
  const reply = await sendGctp(server, update({ key: keyOf(pnr) }), citizen)
  const { header, data } = answerOf(reply)
  assert.match(header.ts ?? '', /^\d{20}$/)
  return { reply, header, data, ts: header.ts ?? '', key: keyOf(pnr) }
}

test('sign-on is answered byte for byte as CPR does, with the cookie that all clients know', async () => {
  const { code: userId, password } = codes.citizen
  const good = await sendGctp(server, writeSignOn({ userId, password }))
  const frame = '<root xmlns="http://www.cpr.dk"><Gctp v="2.0"><Sik>'
  const end = '</Sik></Gctp></root>'
  assert.equal(textOf(good), `${frame}<Kvit r="returKode" t="Signon udført" v="900"/>${end}`)
  const cookies = good.headers['set-cookie']
  assert.ok(Array.isArray(cookies) && cookies.length === 1)
  assert.match(
    String(cookies[0]),
    /^Token=[A-Za-z0-9]{43}; Expires=[A-Z][a-z]{2}, \d{2}-[A-Z][a-z]{2}-\d{4} \d{2}:\d{2}:\d{2} GMT$/,
  )
  const expires = readTokenSetCookie(cookies)?.expires?.valueOf() ?? 0
  assert.ok(Math.abs(expires - Date.parse(String(good.headers['date'])) - 7_200_000) <= 2_000)
  const bad = await sendGctp(server, writeSignOn({ userId, password: 'Wrong1!aaaa' }))
  assert.equal(
    textOf(bad),
    `${frame}<Kvit r="returKode" t="Ugyldig kodeord indtastet" v="905"/>${end}`,
  )
  assert.equal(bad.headers['set-cookie'], undefined)
  // The lengths that CPR publishes.
  assert.deepEqual([good.bytes.length, bad.bytes.length], [118, 130])
  for (const { status, headers, bytes } of [good, bad]) {
    assert.equal(status, 200)
    assert.equal(headers['content-type'], 'text/xml;charset=ISO-8859-1')
    assert.equal(headers['content-length'], String(bytes.length))
    assert.equal(headers['cache-control'], 'no-store')
  }
})

test('a message passes whatever it says of its type, and however its token is spelt', async () => {
  const bytes = stamp(fieldsOf({ PNR: scenario.ordinaryAdult }))
  const types = [
    'text/xml',
    'application/xml; charset=utf-8',
    'x',
    'text/xml;;',
    'application/json',
  ]
  for (const type of types) {
    const reply = await sendGctp(server, bytes, citizen, { 'content-type': type })
    assert.equal(reply.receipt.number, 0, type)
  }
  const bare = await send(server, {
    method: 'POST',
    path: gctpPath,
    bytes,
    headers: { cookie: `TOKEN=${citizen}` },
  })
  assert.match(bare.bytes.toString('latin1'), /<Kvit r="Ok" t="" v="0"\/>/)
  const cookies = [
    `AlteonP=abc; Token=${citizen}`,
    `Token=${citizen}; AlteonP=abc`,
    `TOKEN=${citizen};`,
  ]
  for (const cookie of cookies) {
    const reply = await sendGctp(server, bytes, undefined, { cookie })
    assert.equal(reply.receipt.number, 0, cookie)
  }
  const other = { 'user-agent': '', accept: 'x', 'accept-encoding': 'gzip' }
  const plain = await sendGctp(server, bytes, citizen, other)
  assert.equal(plain.headers['content-encoding'], undefined)
})

test('a token that came along is passed over by sign-on and by a new password', async () => {
  const { code: userId, password } = codes.citizen
  const cookie = { cookie: 'TOKEN=ZZZxxxxxxxx' }
  const reply = await sendGctp(server, writeSignOn({ userId, password }), undefined, cookie)
  assert.equal(reply.receipt.number, 900)
})

test('Expect: 100-continue is served', async () => {
  const bytes = stamp(fieldsOf({ PNR: scenario.ordinaryAdult }))
  const { hostname, port } = new URL(server.url)
  const heard = await new Promise<string>((resolve, reject) => {
    const socket = connect(Number(port), hostname)
    let text = ''
    socket.setEncoding('latin1')
    socket.on('error', reject)
    socket.on('data', (part: string) => {
      if (text === '') socket.write(bytes)
      text += part
    })
    socket.on('end', () => resolve(text))
    socket.write(
      `POST ${gctpPath} HTTP/1.1\r\nHost: ${hostname}\r\nExpect: 100-continue\r\n` +
        `Cookie: Token=${citizen}\r\nContent-Length: ${bytes.length}\r\nConnection: close\r\n\r\n`,
    )
  })
  assert.match(heard, /^HTTP\/1\.1 100 Continue\r\n\r\nHTTP\/1\.1 200 OK\r\n/)
  assert.match(heard, /<Kvit r="Ok" t="" v="0"\/>/)
})

test('envelopes without root, without namespace or without declaration are answered in ours', async () => {
  const inside =
    '<System r="CprSoeg"><Service r="STAMP"><CprServiceHeader r="STAMP"><Key>' +
    `<Field r="PNR" v="${scenario.ordinaryAdult}"/></Key></CprServiceHeader></Service></System>`
  const declared = '<?xml version="1.0" encoding="iso-8859-1"?>'
  for (const text of [
    `${declared}<Gctp v="1.0">${inside}</Gctp>`,
    `<Gctp v="1.0">${inside}</Gctp>`,
    `<root><Gctp v="1.0">${inside}</Gctp></root>`,
  ]) {
    const reply = await sendGctp(server, Buffer.from(text, 'latin1'), citizen)
    assert.equal(reply.receipt.number, 0, text)
    assert.ok(
      textOf(reply).startsWith(
        '<?xml version="1.0" encoding="ISO-8859-1" standalone="yes"?>' +
          '<root xmlns="http://www.cpr.dk"><Gctp v="1.0" env="Demo"><System r="CprSoeg">',
      ),
    )
  }
})

test('the dialogue of the manual: initiate, refused, validated, saved, approved', async () => {
  const { reply, header, data, ts, key } = await initiated(scenario.ordinaryAdult)
  assert.equal(reply.receipt.kind, 'Ok')
  const { state, vent, st, mk } = header
  assert.deepEqual({ state, vent, st, mk }, { state: 'INITIERET', vent: true, st: 'P', mk: '0042' })
  assert.deepEqual(header.actions, ['VALIDER', 'FORTRYD'])
  assert.equal(data?.group?.name, 'STAMPNR')
  assert.equal(fieldIn(data.group.fields, 'PNR').value, scenario.ordinaryAdult)
  assert.equal(fieldIn(data.group.fields, 'KOMKOD').text, 'Aarhus')
  assert.deepEqual(
    data.fields?.map(({ name, value }) => `${name} ${value ?? ''}`),
    ['VEJKOD ', 'HUSNR ', 'ETAGE ', 'SIDEDOER ', 'CONVN ', 'BESKYT_OENSKE '],
  )
  assert.match(textOf(reply), /<Row k="1"><Field r="AKTION" v="VALIDER"\/><\/Row>/)

  const again = answerOf(await sendGctp(server, update({ key, ts }), citizen))
  assert.deepEqual([again.header.ts, again.header.state], [ts, 'INITIERET'])
  assert.deepEqual(again.data, data)

  const wrong = dataOf({ VEJKOD: '99x9' })
  const refused = await sendGctp(
    server,
    update({ action: 'VALIDER', ts, key, data: wrong }),
    citizen,
  )
  assert.equal(answerOf(refused).header.state, 'INITIERET')
  assert.equal(answerOf(refused).data, undefined)
  assert.match(
    textOf(refused),
    /<Kvit r="Fejl" t="Vejkode skal være numerisk" v="37"><Table><Row><Field r="Kvittxt" v="Vejkode skal være numerisk"\/><Field r="FELT" v="VEJKOD"\/><Field r="KODE" v="37"\/>/,
  )

  const sent = dataOf()
  const valid = await sendGctp(server, update({ action: 'VALIDER', ts, key, data: sent }), citizen)
  const validated = answerOf(valid)
  assert.equal(valid.receipt.kind, 'Ok')
  assert.equal(validated.header.state, 'VALIDERET')
  assert.deepEqual(validated.header.actions, ['VALIDER', 'GEM', 'FORTRYD'])
  const road = fieldIn(validated.data?.fields, 'VEJKOD')
  assert.ok(road.text !== undefined && road.text !== '' && road.text !== road.value)

  const saving = update({ action: 'GEM', ts, key, data: sent })
  const saved = answerOf(await sendGctp(server, saving, citizen))
  const now = saved.header
  assert.deepEqual([now.state, now.actions, now.ts], ['GEMT', ['TRAEKTILBAGE'], ts])

  const deciding = update({ action: 'GODKEND', ts, key, mk: '0751' })
  const decided = answerOf(await sendGctp(server, deciding, clerk))
  assert.deepEqual([decided.header.state, decided.header.actions], ['GODKENDT', ['OMGOER']])
  const asked = stamp(fieldsOf({ PNR: scenario.ordinaryAdult }))
  const { answer } = await sendGctp(server, asked, citizen)
  assert.ok(answer.kind === 'search')
  assert.equal(fieldIn(answer.data?.group?.fields, 'I_VENT_MRK').value, undefined)
  const [street] = sent.fields
  assert.equal(fieldIn(answer.data?.group?.fields, 'VEJKOD').value, street?.value)
})

test('who has something pending is told once, and the conversation is open all the same', async () => {
  const pnr = scenario.withPending
  const first = await initiated(pnr)
  const data = dataOf()
  const { ts, key } = first
  await sendGctp(server, update({ action: 'VALIDER', ts, key, data }), citizen)
  const saved = await sendGctp(server, update({ action: 'GEM', ts, key }), citizen)
  assert.equal(saved.receipt.number, 0)

  const warned = await initiated(pnr)
  assert.deepEqual([warned.reply.receipt.kind, warned.reply.receipt.number], ['Advarsel', 9007])
  assert.equal(warned.header.state, 'INITIERET')
  assert.equal(fieldIn(warned.data?.group?.fields, 'I_VENT_MRK').value, 'X')
  const repeated = await sendGctp(server, update({ key, ts: warned.ts }), citizen)
  assert.equal(repeated.receipt.kind, 'Ok')

  const bytes = update({
    action: 'AFVIS',
    ts,
    key,
    mk: '0751',
    data: { fields: reason, tables: [] },
  })
  const rejected = answerOf(await sendGctp(server, bytes, clerk))
  assert.equal(rejected.header.state, 'AFVIST')
  const twice = await sendGctp(server, bytes, clerk)
  assert.equal(twice.receipt.number, 9002)
  assert.equal(answerOf(twice).header.state, 'AFVIST')
})

const reason = fieldsOf({ AFVIS_KODE: 'DUPLICATE', AFVIS_TEKST: 'Anmeldt før, på en anden måde' })

test('a conversation goes on after a new sign-on, and ends when it is cancelled', async () => {
  const { ts, key } = await initiated(scenario.newcomer)
  const anew = await signOnGctp(server, codes.citizen)
  const cancel = update({ action: 'FORTRYD', ts, key })
  const cancelled = await sendGctp(server, cancel, anew)
  assert.deepEqual(
    [cancelled.receipt.kind, answerOf(cancelled).header.state, answerOf(cancelled).header.actions],
    ['Ok', 'FORTRUDT', []],
  )
  assert.equal((await sendGctp(server, cancel, anew)).receipt.number, 9002)
})

test('a protected person is shown to the municipality, and to the citizen only marked', async () => {
  const bytes = stamp(fieldsOf({ PNR: scenario.protectedAdult }))
  const fieldsFor = async (token: string) => {
    const { answer } = await sendGctp(server, bytes, token)
    assert.ok(answer.kind === 'search')
    return answer.data?.group?.fields
  }
  const [open, shut] = [await fieldsFor(clerk), await fieldsFor(citizen)]
  for (const name of ['ADRNVN', 'VEJKOD', 'HUSNR', 'KOMKOD', 'STADR']) {
    assert.ok(fieldIn(open, name).value, name)
    assert.deepEqual(fieldIn(shut, name), { name })
  }
  for (const fields of [open, shut]) assert.equal(fieldIn(fields, 'BESKYT').value, '1')
})

test('services and actions are known in any letter case, and answered as they were sent', async () => {
  const lower = update({ service: 'flyt-i', action: 'init', key: keyOf(scenario.centenarian) })
  const reply = await sendGctp(server, lower, citizen)
  assert.equal(reply.receipt.number, 0)
  assert.equal(answerOf(reply).service, 'flyt-i')
})

test('an incident that was begun over JSON goes on over GCTP', async () => {
  const token = await signOnGctp(server, codes.citizen)
  const { ts } = await begin(server, token, { pnr: scenario.noFixedAddress })
  const key = keyOf(scenario.noFixedAddress)
  const bytes = update({ action: 'VALIDER', ts, key, data: dataOf() })
  const reply = await sendGctp(server, bytes, token)
  assert.equal(answerOf(reply).header.state, 'VALIDERET')
})

test('sign-off ends the token, and no other of the same person code', async () => {
  const [one, two] = [
    await signOnGctp(server, codes.office),
    await signOnGctp(server, codes.office),
  ]
  const off = await sendGctp(server, writeSignOff(), one)
  assert.match(textOf(off), /<Kvit r="returKode" t="Signoff udført" v="900"\/>/)
  const bytes = stamp(fieldsOf({ PNR: scenario.ordinaryAdult }))
  assert.equal((await sendGctp(server, bytes, one)).receipt.number, 901)
  assert.equal((await sendGctp(server, bytes, two)).receipt.number, 0)
})

test('a new password ends every token, and the old password is one no more', async () => {
  const { code: userId, password } = codes.otherMunicipality
  const token = await signOnGctp(server, codes.otherMunicipality)
  const changed = newPassword()
  const bytes = writeNewPassword({ userId, password, newPassword: changed })
  const reply = await sendGctp(server, bytes)
  assert.match(textOf(reply), /<Kvit r="returKode" t="Kodeord ændret" v="900"\/>/)
  assert.equal(reply.headers['set-cookie'], undefined)
  const asked = stamp(fieldsOf({ PNR: scenario.ordinaryAdult }))
  assert.equal((await sendGctp(server, asked, token)).receipt.number, 901)
  assert.equal((await sendGctp(server, writeSignOn({ userId, password }))).receipt.number, 905)
  const soon = writeNewPassword({ userId, password: changed, newPassword: newPassword() })
  assert.equal((await sendGctp(server, soon)).receipt.number, 908)
  const good = writeSignOn({ userId, password: changed })
  assert.equal((await sendGctp(server, good)).receipt.number, 900)
})

test('a password that ends soon is told of in a detail row of 900', async () => {
  await server.ownerPool.script(
    `update person_code set password_expires_at = now() + interval '5 days'
     where code = '${codes.citizen.code}'`,
  )
  const { code: userId, password } = codes.citizen
  const reply = await sendGctp(server, writeSignOn({ userId, password }))
  assert.equal(reply.receipt.number, 900)
  assert.match(reply.receipt.details?.[0]?.text ?? '', /^Kodeordet udløber \d{4}-\d{2}-\d{2}\./)
})
