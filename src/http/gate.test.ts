import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type Head, headersMax, judgeHead, methods } from '#http/gate.ts'

const hosts = ['cpr.example.dk', '[::1]', 'local:8400']
const judge = (change: Partial<Head>, host = 'cpr.example.dk') =>
  judgeHead(
    { httpVersion: '1.1', method: 'GET', url: '/', rawHeaders: ['Host', host], ...change },
    hosts,
  )?.name

test('every method that is used passes, and no other', () => {
  for (const method of methods) assert.equal(judge({ method }), undefined)
  for (const method of ['TRACE', 'CONNECT', 'PROPFIND', 'get', '', undefined]) {
    assert.equal(judge({ method }), 'method')
  }
})

test('a host without a port stands for all ports, one with a port for that one', () => {
  for (const host of ['cpr.example.dk', 'CPR.example.dk:1', '[::1]', '[::1]:8400', 'local:8400']) {
    assert.equal(judge({}, host), undefined, host)
  }
  for (const host of ['local', 'local:8401', 'x.cpr.example.dk', 'cpr.example.dk.', '', '::1']) {
    assert.equal(judge({}, host), 'host', host)
  }
})

test('a target is a path of printable ASCII', () => {
  for (const url of ['/', '/a?b=c&d', '/%C3%A6', "/a'b", '//x'])
    assert.equal(judge({ url }), undefined)
  for (const url of ['', '*', 'a', 'http://x/', '/a b', '/ø', '/a#b', '/\t', undefined]) {
    assert.equal(judge({ url }), 'target', url)
  }
})

test('as many headers as allowed pass, and one more does not', () => {
  const filled = (count: number) => [
    ...['Host', 'cpr.example.dk'],
    ...Array.from({ length: count - 1 }, (_, nth) => [`a${nth}`, '1']).flat(),
  ]
  assert.equal(judge({ rawHeaders: filled(headersMax) }), undefined)
  assert.equal(judge({ rawHeaders: filled(headersMax + 1) }), 'headers')
})

test('what must stand once is refused twice, in whatever letters', () => {
  const twice = (name: string) => ['Host', 'cpr.example.dk', name, 'a', name.toUpperCase(), 'a']
  for (const name of ['host', 'authorization', 'content-type', 'origin', 'transfer-encoding']) {
    assert.equal(judge({ rawHeaders: twice(name) }), 'repeated', name)
  }
  assert.equal(judge({ rawHeaders: twice('accept') }), undefined)
})

test('a body comes as it is: not packed, and in chunks of no other coding', () => {
  const withOne = (name: string, value: string) => ({
    rawHeaders: ['Host', 'cpr.example.dk', name, value],
  })
  assert.equal(judge(withOne('Transfer-Encoding', 'Chunked')), undefined)
  assert.equal(judge(withOne('Content-Encoding', 'identity')), undefined)
  assert.equal(judge(withOne('Content-Encoding', 'gzip')), 'coding')
  assert.equal(judge(withOne('Transfer-Encoding', 'gzip, chunked')), 'coding')
})
