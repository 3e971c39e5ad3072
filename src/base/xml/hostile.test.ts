import { equal, ok } from 'node:assert/strict'
import { test } from 'node:test'
import { isUnreadable, readXml } from '#base/xml/read.ts'

/** Entities that would expand tenfold at each level. */
function laughs(levels: number): string {
  let subset = '<!ENTITY a0 "lol">'
  for (let n = 1; n <= levels; n++) subset += `<!ENTITY a${n} "${`&a${n - 1};`.repeat(10)}">`
  return `<!DOCTYPE l [${subset}]><l v="&a${levels};"/>`
}

const attributes = (count: number) =>
  Array.from({ length: count }, (_, n) => `a${n.toString(36)}=""`).join(' ')

const hostile: { readonly [what: string]: string | Uint8Array } = {
  'billion laughs': laughs(9),
  'quadratic blow-up':
    `<!DOCTYPE l [<!ENTITY a "${'A'.repeat(50_000)}">]>` + `<l>${'&a;'.repeat(20_000)}</l>`,
  'an external entity': '<!DOCTYPE l [<!ENTITY x SYSTEM "file:///etc/hostname">]><l v="&x;"/>',
  'a parameter entity': '<!DOCTYPE l [<!ENTITY % x SYSTEM "http://127.0.0.1/x"> %x;]><l/>',
  'an external DTD': '<!DOCTYPE l SYSTEM "http://127.0.0.1/l.dtd"><l/>',
  'a DOCTYPE in a comment, well-formed as it is': '<l><!-- <!DOCTYPE l> --></l>',
  'a lower-case doctype': '<!doctype l><l/>',
  'an entity without a doctype': '<!ENTITY x "y"><l/>',
  'depth within the byte limit': `${'<a>'.repeat(37_000)}${'</a>'.repeat(37_000)}`,
  'depth that never closes': '<a>'.repeat(87_000),
  'a hundred thousand levels': '<a>'.repeat(100_000),
  'a hundred thousand attributes': `<l ${attributes(100_000)}/>`,
  'attributes within the byte limit': `<l ${attributes(30_000)}/>`,
  'elements within the byte limit': `<l>${'<a/>'.repeat(60_000)}</l>`,
  'namespace declarations': `<l ${attributes(30_000).replaceAll(/(^| )a/g, ' xmlns:a')}/>`,
  'a name as long as the document': `<${'a'.repeat(250_000)}/>`,
  'a value as long as the document': `<l v="${'a'.repeat(250_000)}"/>`,
  'blanks as long as the document': `<l>${' '.repeat(250_000)}</l>`,
  'a tag of blanks that never ends': `<l${' '.repeat(250_000)}`,
  'a comment that never ends': `<l><!-- ${'-'.repeat(250_000)}`,
  'CDATA that never ends': `<l><![CDATA[${']'.repeat(250_000)}`,
  'a reference that never ends': `<l v="&${'a'.repeat(250_000)}`,
  'more bytes than allowed': `<l>${' '.repeat(256 * 1024)}</l>`,
  nothing: '',
  'only blanks': ' \n ',
  'only a declaration': '<?xml version="1.0"?>',
  'no XML': 'PNR=0000009999',
  'two roots': '<l/><l/>',
  'text after the root': '<l/>x',
  'text before the root': 'x<l/>',
  'text between elements': '<l>x</l>',
  'text as CDATA': '<l><![CDATA[x]]></l>',
  'text as a reference': '<l>&#120;</l>',
  'an element that is not closed': '<l><a></l>',
  'a root that is not closed': '<l><a/>',
  'a wrong end': '<l></m>',
  'the same attribute twice': '<l v="1" v="2"/>',
  'the same attribute twice by namespace': '<l xmlns:a="u" xmlns:b="u" a:v="1" b:v="2"/>',
  '< in an attribute': '<l v="<"/>',
  '& alone': '<l v="a & b"/>',
  'an attribute without quotes': '<l v=1/>',
  'an attribute without value': '<l v/>',
  'no blank between attributes': '<l v="1"w="2"/>',
  'a named entity of HTML': '<l v="&aelig;"/>',
  'an entity named as a property of objects': '<l v="&constructor;"/>',
  'an entity named __proto__': '<l v="&__proto__;"/>',
  NUL: '<l v="\0"/>',
  'a control character': '<l v="\u0001"/>',
  'a reference to NUL': '<l v="&#0;"/>',
  'a reference to a control character': '<l v="&#x1F;"/>',
  'a reference to a surrogate': '<l v="&#xD800;"/>',
  'a reference to U+FFFE': '<l v="&#xFFFE;"/>',
  'a reference beyond Unicode': '<l v="&#x110000;"/>',
  'a reference that overflows': `<l v="&#${'9'.repeat(400)};"/>`,
  'a reference without digits': '<l v="&#x;"/>',
  'a reference without semicolon': '<l v="&#65"/>',
  ']]> in text': '<l>]]></l>',
  '-- in a comment': '<l><!-- a -- b --></l>',
  'a processing instruction': '<?php x?><l/>',
  'a processing instruction inside': '<l><?x y?></l>',
  'a stylesheet': '<?xml version="1.0"?><?xml-stylesheet href="x"?><l/>',
  'a second declaration': '<?xml version="1.0"?><?xml version="1.0"?><l/>',
  'a blank before the declaration': ' <?xml version="1.0"?><l/>',
  'XML 1.1': '<?xml version="1.1"?><l/>',
  'XML 2.0': '<?xml version="2.0"?><l/>',
  'a declaration without version': '<?xml encoding="UTF-8"?><l/>',
  'a declaration that never ends': `<?xml version="1.0"${' '.repeat(1000)}?><l/>`,
  'typographic quotes': Buffer.from('<l v=”1.0”/>', 'utf8'),
  'another encoding': '<?xml version="1.0" encoding="windows-1252"?><l/>',
  'UTF-7': '<?xml version="1.0" encoding="UTF-7"?><l/>',
  'UTF-16 declared, in ASCII bytes': '<?xml version="1.0" encoding="UTF-16"?><l/>',
  'UTF-16 with a mark': Buffer.from('\ufeff<l/>', 'utf16le'),
  'UTF-16 without a mark': Buffer.from('<l/>', 'utf16le'),
  'UTF-16 the other way round': Buffer.from('\ufeff<l/>', 'utf16le').swap16(),
  'UTF-32': Buffer.from([0, 0, 0xfe, 0xff, 0, 0, 0, 0x3c]),
  'a UTF-8 mark on ISO-8859-1': Buffer.from(
    '\ufeff<?xml version="1.0" encoding="ISO-8859-1"?><l/>',
    'utf8',
  ),
  'two UTF-8 marks': Buffer.from('\ufeff\ufeff<l/>', 'utf8'),
  'ISO-8859-1 declared as UTF-8': '<?xml version="1.0" encoding="UTF-8"?><l v="ø"/>',
  'an overlong <': Buffer.from([
    ...Buffer.from('<?xml version="1.0" encoding="UTF-8"?>'),
    0xc0,
    0xbc,
    0x6c,
    0x2f,
    0x3e,
  ]),
  'a prefix nobody declared': '<c:l/>',
  'an attribute prefix nobody declared': '<l c:v="1"/>',
  'an element in another namespace': '<l xmlns="http://www.example.org"/>',
  'an attribute in a namespace': '<l xmlns:c="http://www.example.org" c:v="1"/>',
  'the xmlns prefix on an element': '<xmlns:l/>',
}

for (const [what, document] of Object.entries(hostile)) {
  test(`refused, not thrown: ${what}`, () => {
    const bytes = typeof document === 'string' ? Buffer.from(document, 'latin1') : document
    const read = readXml(bytes, { namespace: 'http://www.example.dk' })
    ok(isUnreadable(read), JSON.stringify(read).slice(0, 200))
    ok(read.reason.da.length > 0 && read.reason.da !== read.reason.en)
  })
}

test('a document is left at the first level too many, however deep it is', () => {
  const read = readXml(Buffer.from('<a>'.repeat(80_000)))
  ok(isUnreadable(read))
  equal(read.column, 17 * 3, 'the parser stopped inside the seventeenth element')
})
