/** XML made to be expensive or to reach for something: what it is and the bytes. No test here. */

const attributes = (count: number, name: (nth: number) => string) =>
  Array.from({ length: count }, (_, nth) => `${name(nth)}="x"`).join(' ')

/** Entities that would expand `fold` times at each level. */
function laughs(levels: number, fold: number, open = '<!DOCTYPE l [', close = ']>'): string {
  let subset = '<!ENTITY a0 "lol">'
  for (let n = 1; n <= levels; n += 1) {
    subset += `<!ENTITY a${n} "${`&a${n - 1};`.repeat(fold)}">`
  }
  return `${open}${subset}${close}<l v="&a${levels};">&a${levels};</l>`
}

/** An entity that names what must never be opened: the canary file or port of the test. */
const reaching = (uri: string): { readonly [what: string]: string } => ({
  [`an external entity: ${uri}`]: `<!DOCTYPE l [<!ENTITY x SYSTEM "${uri}">]><l>&x;</l>`,
  [`a public entity: ${uri}`]: `<!DOCTYPE l [<!ENTITY x PUBLIC "-//x" "${uri}">]><l v="&x;"/>`,
  [`a parameter entity: ${uri}`]: `<!DOCTYPE l [<!ENTITY % x SYSTEM "${uri}"> %x;]><l/>`,
  [`an external DTD: ${uri}`]: `<!DOCTYPE l SYSTEM "${uri}"><l/>`,
  [`a notation: ${uri}`]: `<!DOCTYPE l [<!NOTATION n SYSTEM "${uri}">]><l/>`,
  [`an include: ${uri}`]: `<l xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="${uri}" parse="text"/></l>`,
  [`a stylesheet: ${uri}`]: `<?xml-stylesheet type="text/xsl" href="${uri}"?><l/>`,
  [`a schema: ${uri}`]:
    '<l xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ' +
    `xsi:schemaLocation="http://x.example ${uri}"/>`,
})

const full = 255_000

const texts: { readonly [what: string]: string } = {
  'a billion laughs': laughs(9, 10),
  'a billion laughs, wide and flat': laughs(2, 2_000),
  'a billion laughs, deep and thin': laughs(200, 2),
  'laughs in small letters': laughs(9, 10, '<!doctype l ['),
  'laughs with a blank in the mark': laughs(9, 10, '<! DOCTYPE l ['),
  'laughs behind a comment': `<!-- x -->${laughs(9, 10)}`,
  'laughs behind a hundred comments': `${'<!-- x -->'.repeat(100)}${laughs(9, 10)}`,
  'laughs in UTF-8 with a mark': `\ufeff${laughs(9, 10)}`,
  'laughs of parameters': `<!DOCTYPE l [<!ENTITY % a "x"><!ENTITY % b "%a;%a;%a;%a;">%b;%b;]><l/>`,
  'an entity of itself': '<!DOCTYPE l [<!ENTITY a "&a;">]><l>&a;</l>',
  'two entities of each other': '<!DOCTYPE l [<!ENTITY a "&b;"><!ENTITY b "&a;">]><l>&a;</l>',
  'a squared blow-up': `<!DOCTYPE l [<!ENTITY a "${'A'.repeat(50_000)}">]><l>${'&a;'.repeat(40_000)}</l>`,
  'a DTD as long as allowed': `<!DOCTYPE l [${'<!ELEMENT a ANY>'.repeat(15_000)}]><l/>`,
  'attributes by default': `<!DOCTYPE l [<!ATTLIST l a CDATA "${'x'.repeat(200_000)}">]><l/>`,
  'depth that closes': `${'<a>'.repeat(36_000)}${'</a>'.repeat(36_000)}`,
  'depth that does not': '<a>'.repeat(85_000),
  'depth in a namespace each': '<a xmlns="u">'.repeat(19_000),
  'depth with prefixes': '<p:a xmlns:p="u">'.repeat(14_000),
  'depth behind seventeen levels': `${'<a>'.repeat(15)}<b>${'<c/>'.repeat(50_000)}`,
  'one element too many, flat': `<l>${'<a/>'.repeat(60_000)}</l>`,
  'elements with an attribute each': `<l>${'<a b="c"/>'.repeat(24_000)}</l>`,
  'attributes as many as fit': `<l ${attributes(20_000, (nth) => `a${nth.toString(36)}`)}/>`,
  'one attribute again and again': `<l ${attributes(30_000, () => 'a')}/>`,
  'namespaces as many as fit': `<l ${attributes(15_000, (n) => `xmlns:a${n.toString(36)}`)}/>`,
  'prefixes nobody declared': `<l ${attributes(15_000, (nth) => `a${nth.toString(36)}:b`)}/>`,
  'a name as long as allowed': `<${'a'.repeat(full)}/>`,
  'a name with a colon at each letter': `<${'a:'.repeat(full / 2)}/>`,
  'a name of combining marks': `<a${'\u0301'.repeat(120_000)}/>`,
  'an attribute name as long as allowed': `<l ${'a'.repeat(full)}="x"/>`,
  'a value as long as allowed': `<l v="${'x'.repeat(full)}"/>`,
  'a value of references': `<l v="${'&#65;'.repeat(50_000)}"/>`,
  'a value of named references': `<l v="${'&lt;'.repeat(60_000)}"/>`,
  'a value of line ends': `<l v="${'\r\n'.repeat(120_000)}"/>`,
  'a reference with endless zeros': `<l v="&#${'0'.repeat(full)}65;"/>`,
  'a reference with endless digits': `<l v="&#${'9'.repeat(full)};"/>`,
  'a reference by an endless name': `<l v="&${'a'.repeat(full)};"/>`,
  ampersands: `<l v="${'&'.repeat(full)}"/>`,
  'blanks between elements': `<l>${' '.repeat(full)}</l>`,
  'blanks in a tag': `<l${' '.repeat(full)}/>`,
  'blanks in a tag that never ends': `<l${' '.repeat(full)}`,
  'blanks in an end tag': `<l></l${' '.repeat(full)}>`,
  'blanks before the document': `${' '.repeat(full)}<l/>`,
  'blanks behind the document': `<l/>${' '.repeat(full)}`,
  'text as references': `<l>${'&#x41;'.repeat(40_000)}</l>`,
  'a comment of hyphens': `<l><!--${'- '.repeat(full / 2)}--></l>`,
  'a comment that never ends': `<l><!--${'-'.repeat(full)}`,
  'comments as many as fit': `<l>${'<!---->'.repeat(36_000)}</l>`,
  'CDATA of closing brackets': `<l><![CDATA[${']'.repeat(full)}]]></l>`,
  'CDATA that never ends': `<l><![CDATA[${']]'.repeat(full / 2)}`,
  'CDATA as many as fit': `<l>${'<![CDATA[]]>'.repeat(21_000)}</l>`,
  'an instruction that never ends': `<?${'a'.repeat(full)}`,
  'instructions as many as fit': `<l>${'<?a?>'.repeat(50_000)}</l>`,
  'a declaration of blanks': `<?xml version="1.0"${' '.repeat(full)}?><l/>`,
  'a declaration of attributes': `<?xml version="1.0" ${'a="b" '.repeat(40_000)}?><l/>`,
  'an encoding name as long as allowed': `<?xml version="1.0" encoding="${'a'.repeat(full)}"?><l/>`,
  'marks of less-than': '<'.repeat(full),
  'marks of greater-than': `<l>${'>'.repeat(full)}</l>`,
  'quotes that change': `<l v='${`"'"`.repeat(full / 3)}/>`,
  'end tags alone': '</a>'.repeat(60_000),
  'roots as many as fit': '<l/>'.repeat(60_000),
  'names that reach a prototype': '<l><__proto__><polluted a="1"/></__proto__><constructor/></l>',
  'line ends alone': '\n'.repeat(full),
  'NUL as long as allowed': '\0'.repeat(full),
}

const bytes: { readonly [what: string]: Buffer } = {
  'UTF-16 laughs': Buffer.from(`\ufeff${laughs(9, 10)}`, 'utf16le'),
  'UTF-16 laughs without a mark': Buffer.from(laughs(9, 10), 'utf16le'),
  'UTF-7 laughs': Buffer.from(`<?xml version="1.0" encoding="UTF-7"?>${laughs(9, 10)}`),
  EBCDIC: Buffer.from([0x4c, 0x6f, 0xa7, 0x94, 0x93, 0x40]),
  'overlong UTF-8': Buffer.from('3c6c20763d22c0bcc0bc222f3e', 'hex'),
  'UTF-8 that breaks off': Buffer.concat([Buffer.from('<l v="'), Buffer.alloc(full, 0xe2)]),
  'surrogates in UTF-8': Buffer.from('3c6c20763d22eda080edb080222f3e', 'hex'),
  'a zip': Buffer.concat([Buffer.from('504b0304', 'hex'), Buffer.alloc(200_000)]),
  gzip: Buffer.concat([Buffer.from('1f8b08', 'hex'), Buffer.alloc(200_000, 7)]),
}

/** The canaries are addresses that must never be opened. */
export function bombs(canaries: readonly string[]): ReadonlyMap<string, Buffer> {
  const reached = canaries.flatMap((uri) => Object.entries(reaching(uri)))
  const written = [...reached, ...Object.entries(texts)]
  return new Map([
    ...written.map(([what, text]) => [what, Buffer.from(text)] as const),
    ...Object.entries(bytes),
  ])
}
