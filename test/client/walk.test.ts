/** The walk and the post of messages, as programs use them, against a whole server. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type PostWorld, post } from '#cli/post.ts'
import { walk } from '#cli/walk.ts'
import { indentXml } from '#cli/walk-xml.ts'
import { newPassword, openTestServer, unusedUrl } from '#test/server.ts'

const server = await openTestServer()
const { scenario: persons, addresses, codes } = server
const personCodes = Object.values(codes)
const ground = { cpr: server.url, personCodes, persons, addresses }

async function run(on: typeof ground, colours = false) {
  let text = ''
  const write = (more: string) => {
    text += more
  }
  const exitCode = await walk(on, { write, colours })
  return { exitCode, text, lastLine: text.trimEnd().split('\n').at(-1) ?? '' }
}

test('a walk goes all the way and shows what it does', async () => {
  const { exitCode, text, lastLine } = await run(ground)
  assert.doesNotMatch(text, /FAIL/)
  assert.equal(exitCode, 0, text)
  assert.match(lastLine, /^All \d\d expectations held: the interplay works/)
  const story = [
    'Signon udført',
    'a="INIT"',
    'a="VALIDER"',
    'v="9114"',
    'a="VALIDERET"',
    'a="GEM"',
    'a="GODKEND"',
    'a="GODKENDT"',
    'Service r="NAVBESK-I"',
    'v="OPRET"',
    'a="FORTRYD"',
    'a="AFVIS"',
    'AFVIS_TEKST',
    'POST /api/v1/persons/lookup',
  ]
  let at = 0
  for (const part of story) {
    at = text.indexOf(part, at)
    assert.ok(at >= 0, `${part} is missing, or comes too early`)
  }
  assert.match(text, / lives at .+, and is protected\./)
  for (const { password } of personCodes) assert.ok(!text.includes(password))
  assert.ok(!text.includes('\u001b'))
})

test('a walk can be repeated: the person moves on, the protection is ended and put on', async () => {
  const second = await run(ground)
  assert.equal(second.exitCode, 0, second.text)
  assert.match(second.text, / and is not protected\./)
  const third = await run(ground, true)
  assert.equal(third.exitCode, 0, third.text)
  assert.match(third.text, / and is protected\./)
  assert.ok(third.text.includes('\u001b['))
})

test('when an expectation does not hold the walk says so last, with exit code 1', async () => {
  const noDwelling = { ...ground, addresses: [] }
  const { exitCode, lastLine, text } = await run(noDwelling)
  assert.equal(exitCode, 1)
  assert.match(text, /FAIL The ready file names no other dwelling/)
  assert.match(lastLine, /^The walk failed: 1 of \d+ expectations did not hold\.$/)
  const nobody = await run({ ...ground, cpr: await unusedUrl() })
  assert.equal(nobody.exitCode, 1)
  assert.match(nobody.text, /FAIL the server answers: no answer/)
})

test('a wrong password ends the walk at the logon', async () => {
  const wrong = personCodes.map((each) =>
    each.authority === '0751' ? { ...each, password: newPassword() } : each,
  )
  const { exitCode, text } = await run({ ...ground, personCodes: wrong })
  assert.equal(exitCode, 1)
  assert.match(text, /FAIL the municipality is signed on/)
  assert.doesNotMatch(text, /STAMP/)
})

function search(pnr: string): string {
  return (
    '<?xml version="1.0" encoding="ISO-8859-1"?><Gctp v="2.0"><System r="CprSoeg">' +
    '<Service r="STAMP"><CprServiceHeader r="STAMP"><Key>' +
    `<Field r="PNR" v="${pnr}"/></Key></CprServiceHeader></Service></System></Gctp>`
  )
}

async function send(message: string, options: Parameters<typeof post>[2] = {}, cpr = server.url) {
  let written = Buffer.alloc(0)
  let told = ''
  const surroundings: PostWorld = {
    read: () => Buffer.from(message, 'latin1'),
    write: (bytes) => {
      written = Buffer.concat([written, Buffer.from(bytes)])
    },
    tell: (line) => {
      told += line
    },
  }
  const exitCode = await post('-', { cpr, personCodes }, options, surroundings)
  return { exitCode, written, told }
}

test('a posted message is answered, an element to a line or as it came', async () => {
  const good = await send(search(persons.ordinaryAdult))
  assert.equal(good.exitCode, 0)
  assert.match(good.written.toString(), /^ {8}<Kvit r="Ok" t="" v="0"\/>$/m)
  const raw = await send(search(persons.ordinaryAdult), { raw: true })
  assert.match(raw.written.toString('latin1'), /^<\?xml[^\n]+<\/root>$/)
  const office = await send(search(persons.protectedAdult), { code: codes.office.code })
  assert.match(office.written.toString(), /<Field r="ADRNVN" v="/)
})

test('a security message is sent without signing on', async () => {
  const { code, password } = codes.citizen
  const sik = `<Sik function="signon" userid="${code}" password="${password}"/>`
  const answered = await send(`<Gctp v="2.0">${sik}</Gctp>`)
  assert.equal(answered.exitCode, 0)
  assert.match(answered.written.toString(), /Signon udført/)
})

test('a refused message exits with 1, one that cannot be sent with 2', async () => {
  assert.equal((await send(search('1'))).exitCode, 1)
  assert.equal((await send('<Gctp')).exitCode, 1)
  const stranger = await send(search('1'), { code: 'W9999999' })
  assert.deepEqual([stranger.exitCode, stranger.written.length], [2, 0])
  const nobody = await send(search('1'), {}, await unusedUrl())
  assert.equal(nobody.exitCode, 2)
  assert.match(nobody.told, /No answer from/)
})

test('a message is indented and else left as it was', () => {
  const text = `<?xml version="1.0"?><a b="x > y"><c d='"/'/><e></e></a>`
  const indented = `<?xml version="1.0"?>\n<a b="x > y">\n  <c d='"/'/>\n  <e>\n  </e>\n</a>`
  assert.equal(indentXml(text), indented)
  assert.equal(indentXml('<a>text</a>'), '<a>text</a>')
  assert.equal(indentXml('<Gctp'), '<Gctp')
})
