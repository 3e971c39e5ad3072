/** The `html` tag: what comes from outside is text, whatever it holds. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { attributes, classes, html } from '#base/html.ts'

test('a text is escaped, in an element and in an attribute', () => {
  const name = `<b onclick='x()'>"&`
  assert.equal(
    html`<p title="${name}">${name}</p>`.toString(),
    '<p title="&lt;b onclick=&#39;x()&#39;&gt;&quot;&amp;">&lt;b onclick=&#39;x()&#39;&gt;&quot;&amp;</p>',
  )
})

test('a part that the tag made stands as it is, also in a list within a list', () => {
  const parts = ['a<', html`<i>${'b<'}</i>`, [html`<u>c</u>`, ['d']]]
  assert.equal(html`<p>${parts}</p>`.toString(), '<p>a&lt;<i>b&lt;</i><u>c</u>d</p>')
})

test('nothing is written for what is left out, and a zero is written', () => {
  assert.equal(html`${undefined}${false}${0}`.toString(), '0')
})

test('no text whatever makes an element or ends an attribute', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      assert.doesNotMatch(html`${text}`.toString(), /[<>"']/)
      assert.match(attributes({ title: text }).toString(), /^ title="[^<>"']*"$/)
    }),
  )
})

test('attributes are written, written alone, or left out', () => {
  const given = { id: 'a', required: true, disabled: false, rows: 3, lang: undefined }
  assert.equal(attributes(given).toString(), ' id="a" required rows="3"')
})

test('an attribute that would hold a script or a style is a bug', () => {
  for (const name of ['onclick', 'style', 'a b', 'x"', 'Ø']) {
    assert.throws(() => attributes({ [name]: 'x' }), { code: 'ERR_ASSERTION' }, name)
  }
})

test('class names that are left out leave no blank', () => {
  assert.equal(classes('a', false, undefined, 'b'), 'a b')
})
