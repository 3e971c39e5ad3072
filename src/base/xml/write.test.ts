import { equal, throws } from 'node:assert/strict'
import { test } from 'node:test'
import { element } from '#base/xml/element.ts'
import { writeXml } from '#base/xml/write.ts'

const text = (bytes: Buffer) => bytes.toString('latin1')

test('a tree has one spelling', () => {
  const root = element('a', { v: '1', t: undefined, u: '' }, [
    element('b'),
    element('b', { w: 'ø' }),
  ])
  equal(text(writeXml(root)), '<a v="1" u=""><b/><b w="ø"/></a>')
  equal(
    text(writeXml(root, { declaration: true, namespace: 'http://www.example.dk' })),
    '<?xml version="1.0" encoding="ISO-8859-1" standalone="yes"?>' +
      '<a xmlns="http://www.example.dk" v="1" u=""><b/><b w="ø"/></a>',
  )
})

test('nothing in a value can end it', () => {
  const root = element('a', { v: `<&>"'\t\n\r` })
  equal(text(writeXml(root)), `<a v="&lt;&amp;&gt;&quot;'&#9;&#10;&#13;"/>`)
})

test('a character outside ISO-8859-1 is a bug, not a question mark', () => {
  throws(() => writeXml(element('a', { v: '€' })), /U\+20AC/)
  throws(() => writeXml(element('a', { v: '\0' })), /U\+0000/)
})

test('a name that is no name is a bug', () => {
  throws(() => writeXml(element('a b')), /not a name/)
  throws(() => writeXml(element('a', { '': '1' })), /not a name/)
  throws(() => writeXml(element('a', { 'v="1" w': '1' })), /not a name/)
})
