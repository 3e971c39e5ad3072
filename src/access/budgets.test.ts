import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { Budgets, networksPerSite } from '#access/budgets.ts'
import { type Budget, budgets } from '#access/declaration.ts'

function at(settings = { scale: 1, processes: 1 }) {
  let now = 1_000_000
  const own = new Budgets(settings, () => now)
  const pass = (ms: number) => {
    now += ms
  }
  return { own, pass }
}
const one = { source: '192.0.2.7', code: 'W0000001' }
const other = { source: '192.0.2.8', code: 'W0000002' }
/** How many of so many calls at once are let through. */
const letThrough = (
  own: Budgets,
  budget: Budget,
  caller: Parameters<Budgets['spend']>[1],
  count: number,
) =>
  Array.from({ length: count }, () => own.spend(budget, caller)).filter((wait) => wait === 0).length

test('a minute’s worth may come at once, and then as much a minute as the row says', () => {
  for (const [name, { perCode, perSource }] of Object.entries(budgets)) {
    const { own, pass } = at()
    const budget = name as Budget
    const share = Math.min(perCode, perSource)
    assert.equal(letThrough(own, budget, one, 10 * share), share, name)
    pass(60_000)
    assert.equal(letThrough(own, budget, one, 10 * share), share, name)
  }
})

test('one at ten times its budget leaves the other’s whole', () => {
  const { own } = at()
  letThrough(own, 'step', one, 10 * budgets.step.perCode)
  assert.equal(letThrough(own, 'step', other, budgets.step.perCode), budgets.step.perCode)
  // Another budget of the same one is its own as well: a flood of steps does not close the lists.
  assert.equal(own.spend('list', one), 0)
})

test('a code at its end does not take from those who share its address', () => {
  const { own } = at()
  const shared = { source: one.source, code: other.code }
  const { perCode, perSource } = budgets.feed
  assert.equal(letThrough(own, 'feed', one, 10 * perCode), perCode)
  assert.equal(letThrough(own, 'feed', shared, perCode), Math.min(perCode, perSource - perCode))
})

test('who is told to wait is let through after that time and not before', () => {
  const call = fc.record({ passMs: fc.integer({ min: 0, max: 4_000 }) })
  const property = fc.property(fc.array(call, { minLength: 50, maxLength: 300 }), (calls) => {
    const { own, pass } = at()
    letThrough(own, 'control', one, budgets.control.perCode)
    for (const { passMs } of calls) {
      pass(passMs)
      const waitMs = own.spend('control', one)
      if (waitMs < 2) continue
      pass(waitMs - 1)
      assert.ok(own.spend('control', one) > 0)
      pass(1.001)
      assert.equal(own.spend('control', one), 0)
    }
  })
  fc.assert(property, { numRuns: 100 })
})

test('each of several processes grants its share, and a scale is for all rows', () => {
  const { own } = at({ scale: 3, processes: 4 })
  assert.equal(letThrough(own, 'question', one, 10_000), (budgets.question.perCode * 3) / 4)
})

test('a whole IPv6 network has the budget of one address, and its neighbour another', () => {
  const { own } = at()
  const { perSource } = budgets['sign-on']
  const addresses = Array.from(
    { length: 10 * perSource },
    (_, nth) => `2001:db8:1:2::${nth.toString(16)}`,
  )
  const through = addresses.filter((source) => own.spend('sign-on', { source }) === 0)
  assert.equal(through.length, perSource)
  assert.ok(own.spend('sign-on', { source: '2001:db8:1:2:3:4:5:6' }) > 0)
  assert.equal(own.spend('sign-on', { source: '2001:db8:1:3::1' }), 0)
  assert.equal(own.spend('sign-on', { source: '2001:db8::1' }), 0)
})

test('nor does a customer with many IPv6 networks sign on with the budget of each', () => {
  const { own } = at()
  const most = budgets['sign-on'].perSource * networksPerSite
  const networks = Array.from({ length: 256 }, (_, nth) => `2001:db8:1:${nth.toString(16)}::1`)
  const calls = networks.flatMap((source) => Array.from({ length: 10 }, () => source))
  const through = calls.filter((source) => own.spend('sign-on', { source }) === 0)
  assert.equal(through.length, most)
  assert.equal(own.spend('sign-on', { source: '2001:db8:2::1' }), 0)
  assert.equal(letThrough(own, 'sign-on', { source: '192.0.2.7' }, 100), 60)
})

test('a token is nobody’s until it was seen to open something', () => {
  const { own } = at()
  assert.equal(own.codeOf('abc', one.source), undefined)
  own.learn('abc', one.source, one.code)
  assert.equal(own.codeOf('abc', one.source), one.code)
  assert.equal(own.codeOf('abd', one.source), undefined)
  assert.equal(own.codeOf(undefined, one.source), undefined)
})

test('who found a token spends no budget of its person code from elsewhere', () => {
  const { own } = at()
  own.learn('abc', one.source, one.code)
  const flood = () =>
    own.spend('step', { source: '192.0.2.9', code: own.codeOf('abc', '192.0.2.9') })
  for (let n = 0; n < 10 * budgets.step.perSource; n++) flood()
  assert.ok(flood() > 0)
  assert.equal(letThrough(own, 'step', one, budgets.step.perCode), budgets.step.perCode)
})
