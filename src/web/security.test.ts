/** Headers of pages, posts of our own, and cookies of this host only. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { endedCookie, findCookie, hostCookie, isOwnPost, securityHeaders } from '#web/security.ts'

const origin = 'https://a.example'

test('a post is ours only when each of both headers that is there says so', () => {
  const ours = { origin, 'sec-fetch-site': 'same-origin' }
  assert.equal(isOwnPost(ours, origin), true)
  assert.equal(isOwnPost({ origin }, origin), true)
  assert.equal(isOwnPost({ 'sec-fetch-site': 'same-origin' }, origin), true)
  assert.equal(isOwnPost({}, origin), false)
  for (const site of ['cross-site', 'same-site', 'none', '']) {
    assert.equal(isOwnPost({ ...ours, 'sec-fetch-site': site }, origin), false, site)
  }
  for (const from of ['https://b.example', 'null', 'http://a.example', '']) {
    assert.equal(isOwnPost({ ...ours, origin: from }, origin), false, from)
  }
})

test('no script and no style may stand in a page, and nothing may come from elsewhere', () => {
  const policy = securityHeaders({ origin: () => origin })['content-security-policy'] ?? ''
  assert.match(policy, /^default-src 'none'/)
  assert.doesNotMatch(policy, /unsafe|\*|https?:|data:/)
})

test('a form may lead to where people sign in, and nowhere else', () => {
  const settings = { origin: () => origin, formTargets: () => ['https://idp.example'] }
  const policy = securityHeaders(settings)['content-security-policy']
  assert.match(policy ?? '', /form-action 'self' https:\/\/idp\.example;/)
})

test('a page is kept nowhere, and a site with https is never asked without it', () => {
  const safe = securityHeaders({ origin: () => origin })
  assert.equal(safe['cache-control'], 'no-store')
  assert.match(safe['strict-transport-security'] ?? '', /max-age=63072000/)
  const local = securityHeaders({ origin: () => 'http://127.0.0.1:1' })
  assert.equal(local['strict-transport-security'], undefined)
})

test('a cookie is of this host alone, unread by scripts, and ends', () => {
  assert.equal(
    hostCookie('a', 'b', 5),
    '__Host-a=b; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=5',
  )
  assert.match(endedCookie('a'), /^__Host-a=; .*Max-Age=0$/)
})

test('a cookie is found by its whole name; one that is there twice is none', () => {
  assert.equal(findCookie('x=1; __Host-a=b', 'a'), 'b')
  assert.equal(findCookie('a=1; __Host-aa=b', 'a'), undefined)
  assert.equal(findCookie('__Host-a=b; __Host-a=c', 'a'), undefined)
  assert.equal(findCookie(undefined, 'a'), undefined)
})
