/** The pages of a program over HTTP: what is refused before any page is asked. */

import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { openPartsSite } from '#test/browser/parts-page.ts'
import { assets, assetUrl } from '#web/assets.ts'
import { formBytesMax, formPairsMax, readForm } from '#web/form.ts'

const { url, app } = await openPartsSite()
after(() => app.close())

const form = 'application/x-www-form-urlencoded'
const ours = { 'content-type': form, 'sec-fetch-site': 'same-origin', origin: url }

function post(body: string, headers: Record<string, string> = ours): Promise<Response> {
  return fetch(`${url}/en/said`, { method: 'POST', headers, body })
}

test('a form of our own is taken; one of another site, or of nobody, is refused', async () => {
  assert.equal((await post('text=a')).status, 200)
  for (const headers of [
    { 'content-type': form },
    { ...ours, 'sec-fetch-site': 'cross-site' },
    { ...ours, origin: 'http://evil.example' },
  ]) {
    const answer = await post('text=a', headers)
    assert.equal(answer.status, 403)
    assert.match(await answer.text(), /did not come from one of our own pages/)
  }
})

test('another method than reading is held to the same, whatever it is called', async () => {
  for (const method of ['PUT', 'DELETE', 'PATCH', 'OPTIONS']) {
    assert.equal((await fetch(`${url}/en/parts`, { method })).status, 403, method)
  }
})

test('a form is bounded in bytes and in pairs', async () => {
  assert.equal((await post(`text=${'a'.repeat(formBytesMax)}`)).status, 413)
  assert.equal((await post('a=1&'.repeat(formPairsMax + 1))).status, 413)
  assert.notEqual(readForm('a=1&'.repeat(formPairsMax - 1)), undefined)
})

test('another kind of body is not read', async () => {
  const answer = await post('{"text":"a"}', { ...ours, 'content-type': 'application/json' })
  assert.equal(answer.status, 400)
})

test('every answer has the headers, also one that is an error', async () => {
  for (const path of ['/en/parts', '/nowhere', '/en/broken', '/%E0']) {
    const answer = await fetch(url + path)
    assert.equal(answer.headers.get('cache-control'), 'no-store', path)
    assert.match(answer.headers.get('content-security-policy') ?? '', /default-src 'none'/, path)
    assert.match(answer.headers.get('content-type') ?? '', /^text\/html/, path)
  }
})

test('a file of the design is kept for ever, compressed, and never under another digest', async () => {
  const accepting = { headers: { 'accept-encoding': 'gzip, br' } }
  const style = await fetch(url + assetUrl('css/dkfds.min.css'), accepting)
  assert.match(style.headers.get('cache-control') ?? '', /immutable/)
  assert.equal(style.headers.get('content-encoding'), 'br')
  assert.doesNotMatch(await style.text(), /\.(eot|ttf|woff)\b/)
  const old = await fetch(`${url}/assets/0123456789abcdef/css/dkfds.min.css`)
  assert.equal(old.status, 200)
  assert.equal(old.headers.get('cache-control'), 'no-cache')
  for (const path of ['../../package.json', '%2e%2e/package.json', 'css/none.css', '']) {
    const answer = await fetch(`${url}/assets/${assets().digest}/${path}`)
    assert.equal(answer.status, 404, path)
  }
})

test('licences are served with what they are of', async () => {
  for (const path of ['LICENSE.md', 'fonts/LICENSE.txt']) {
    assert.match(await (await fetch(url + assetUrl(path))).text(), /licen[cs]e/i)
  }
})
