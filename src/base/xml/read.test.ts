import { deepEqual, equal, match, ok } from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { firstOutside } from '#base/latin1.ts'
import { element, type XmlElement } from '#base/xml/element.ts'
import { isUnreadable, readXml } from '#base/xml/read.ts'
import { writeXml } from '#base/xml/write.ts'

const namespace = 'http://www.example.dk'
const latin1 = (text: string) => Buffer.from(text, 'latin1')

function readGood(text: string | Uint8Array, options = {}): XmlElement {
  const read = readXml(typeof text === 'string' ? latin1(text) : text, options)
  ok(!isUnreadable(read), JSON.stringify(read))
  return read
}

const names = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_.-]{0,12}$/).filter((n) => !/^xml/i.test(n))
const values = fc.string({ unit: 'binary', maxLength: 30 }).filter((v) => !firstOutside(v))
const { tree } = fc.letrec<{ tree: XmlElement }>((tie) => ({
  tree: fc
    .tuple(
      names,
      fc.dictionary(names, values, { maxKeys: 5 }),
      fc.oneof(
        { maxDepth: 4, depthIdentifier: 'tree' },
        fc.constant([]),
        fc.array(tie('tree'), { maxLength: 3, depthIdentifier: 'tree' }),
      ),
    )
    .map(([name, attributes, children]) => element(name, attributes, children)),
}))

test('what is written is read as it was, with and without declaration and namespace', () => {
  fc.assert(
    fc.property(tree, fc.boolean(), fc.boolean(), (written, declaration, scoped) => {
      const bytes = writeXml(written, { declaration: true, ...(scoped ? { namespace } : {}) })
      deepEqual(readGood(bytes, { namespace, limits: { depthMax: 64 } }), written)
      // Without a declaration the encoding is guessed, which is only sure for ASCII.
      const plain = writeXml(written, { declaration })
      if (!declaration && plain.every((byte) => byte < 0x80)) deepEqual(readGood(plain), written)
    }),
  )
})

test('whatever the bytes are, they are read or refused, never thrown at', () => {
  const pieces = fc.constantFrom(
    '<',
    '>',
    '/',
    '"',
    "'",
    '=',
    ' ',
    '&',
    ';',
    '#',
    'x',
    'a',
    '<a>',
    '</a>',
    '<a ',
    'v="1"',
    '<!--',
    '-->',
    '<![CDATA[',
    ']]>',
    '<?',
    '?>',
    '<?xml version="1.0"',
    '&lt;',
    '&#65;',
    '\0',
    'ø',
    ':',
    'xmlns',
  )
  fc.assert(
    fc.property(fc.array(pieces, { maxLength: 30 }), (parts) => {
      const read = readXml(latin1(parts.join('')))
      ok(isUnreadable(read) || typeof read.name === 'string')
    }),
    { numRuns: 500 },
  )
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      ok(readXml(bytes))
    }),
  )
})

test('elements are known by local name, in the namespace or in none', () => {
  const plain = readGood('<a><b v="1"/></a>', { namespace })
  for (const text of [
    `<a xmlns="${namespace}"><b v="1"/></a>`,
    `<c:a xmlns:c="${namespace}"><c:b v="1"/></c:a>`,
    `<a><b xmlns="${namespace}" v="1"></b></a>`,
    `<?xml version='1.0'?>\n<a>\r\n <!-- a comment --> <b\tv='1' /></a>\n`,
    '<a xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="x">' +
      '<b v="1" xml:lang="da"/></a>',
  ]) {
    deepEqual(readGood(text, { namespace }), plain, text)
  }
})

test('the declaration decides the encoding, in any letter case', () => {
  const value = (read: XmlElement) => read.attributes.get('v')
  const utf8 = Buffer.from('<?xml version="1.0" encoding="utf-8"?><a v="ø€"/>', 'utf8')
  equal(value(readGood('<?xml version="1.0" encoding="iso-8859-1"?><a v="ø"/>')), 'ø')
  equal(
    value(readGood("<?xml version='1.0' encoding='Iso-8859-1' standalone='no' ?><a v='ø'/>")),
    'ø',
  )
  equal(value(readGood(utf8)), 'ø€')
  equal(value(readGood(Buffer.from('\ufeff<a v="ø"/>', 'utf8'))), 'ø')
})

test('without a declared encoding valid UTF-8 is UTF-8, and anything else ISO-8859-1', () => {
  equal(readGood(Buffer.from('<a v="æøå"/>', 'utf8')).attributes.get('v'), 'æøå')
  equal(readGood(latin1('<a v="æøå"/>')).attributes.get('v'), 'æøå')
})

test('references give characters, also such as the wire cannot carry back', () => {
  const read = readGood('<a v="&lt;&amp;&#x41;&#66;&apos;&quot;&gt;&#x20AC;&#10;"/>')
  equal(read.attributes.get('v'), '<&AB\'">€\n')
})

test('names like __proto__ are names only', () => {
  const read = readGood('<__proto__ constructor="1" __proto__="2"><toString/></__proto__>')
  equal(read.attributes.get('__proto__'), '2')
  equal(read.children[0]?.name, 'toString')
  equal(Object.hasOwn(Object.prototype, 'constructor'), true)
})

test('a refusal says where, in two languages, and never what stood there', () => {
  const read = readXml(latin1('<a>\n<b password="hemmeligt1" password="hemmeligt1"/></a>'))
  ok(isUnreadable(read))
  equal(read.line, 2)
  match(read.reason.da, /velformet/)
  match(read.reason.en, /well-formed/i)
  ok(!JSON.stringify(read).includes('hemmeligt'))
})

test('each limit is the last size that passes', () => {
  const limits = {
    depthMax: 3,
    elementsMax: 4,
    attributesMax: 2,
    nameLengthMax: 5,
    valueLengthMax: 6,
    textLengthMax: 7,
    bytesMax: 60,
    marksMax: 6,
  }
  const atLimit = [
    '<a><b><c/></b></a>',
    '<a><b/><b/><b/></a>',
    '<a b="" c=""/>',
    '<abcde/>',
    '<a abcde=""/>',
    '<a b="123456"/>',
    '<a>    <b/>   </a>',
    `<a>${'<!-- -->'.repeat(6)}     </a>`,
    `<a>${'<!---->'.repeat(6)}</a>`,
  ]
  const above = [
    '<a><b><c><d/></c></b></a>',
    '<a><b/><b/><b/><b/></a>',
    '<a b="" c="" d=""/>',
    '<abcdef/>',
    '<a abcdef=""/>',
    '<a b="1234567"/>',
    '<a>    <b/>    </a>',
    `<a>${'<!-- -->'.repeat(6)}      </a>`,
    `<a>${'<!---->'.repeat(7)}</a>`,
    `<a>${'<!---->'.repeat(5)}<![CDATA[]]><![CDATA[]]></a>`,
  ]
  for (const text of atLimit) equal(isUnreadable(readXml(latin1(text), { limits })), false, text)
  for (const text of above) equal(isUnreadable(readXml(latin1(text), { limits })), true, text)
})

test('a value written in references is read up to its limit, and left long before the end', () => {
  const written = (length: number) => latin1(`<l v="${'&#x41;'.repeat(length)}"/>`)
  equal(isUnreadable(readXml(written(4000))), false)
  const read = readXml(written(40_000))
  ok(isUnreadable(read))
  ok((read.column ?? 0) < 48 * 1024, `left at ${read.column}`)
})
