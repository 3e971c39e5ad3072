/** Statements say on whose behalf they run: else the second wall shows them nothing (decision 0023). */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { sources, textOf } from '#test/house/tracked.ts'

/** Each text with what it was given to: 'statement', 'callerStatement' and so on. */
function statementsOf(text: string): readonly { readonly by: string; readonly sql: string }[] {
  const calls = [...text.matchAll(/\b(\w*[sS]tatement)\(\s*['"`]/g)]
  return calls.map((call, at) => {
    const sql = text.slice(call.index, calls[at + 1]?.index)
    return { by: call[1] ?? '', sql: sql.slice(0, endOf(sql)) }
  })
}

/** Where the template ends; what follows is code. */
function endOf(sql: string): number {
  const end = /`,?\n?\s*(\{[^}]*\},?\s*)?\)/.exec(sql)
  return end ? end.index : sql.length
}

/** As it stands in the text of a statement. */
const asksWho = ['$', '{callerSql}'].join('')
const led = ['callerStatement', 'actorStatement', 'codeStatement', 'timeStatement']
const walled =
  /\b(from|join|update|into)\s+(incident|hearing|milestone|claim|note|deposit|policy_\w+)\b(?!_)/
/** Everybody writes evidence and letters; only who is known reads them. */
const readBehindWall = /\b(from|join)\s+(audit|audit_seal|letter|event_subscription)\b(?!_)/
/** Of the command line, in a role of its own. */
const byHand = [
  'policies-of',
  'letters-list',
  'letters-count',
  'subscription-list',
  'subscription-end',
]

function strays(text: string): readonly string[] {
  return statementsOf(text).flatMap(({ by, sql }) => {
    const name = /['"`]([^'"`]+)/.exec(sql)?.[1] ?? ''
    if (sql.includes(asksWho) && by !== 'callerStatement') return [`${name}: callerStatement`]
    const isWalled = (walled.test(sql) || readBehindWall.test(sql)) && !byHand.includes(name)
    return isWalled && !led.includes(by) ? [`${name}: one of ${led.join(', ')}`] : []
  })
}

test('a statement that asks who is calling, or touches what is walled, is led', () => {
  const found = sources
    .filter((path) => path.startsWith('src/store/'))
    .flatMap((path) => strays(textOf(path)).map((stray) => `${path}: ${stray}`))
  assert.deepEqual(found, [])
})

test('the control: a statement that is not led is found', () => {
  const bare = "const one = statement(\n  'one',\n  `select * from incident where id = $4`,\n)"
  assert.equal(strays(bare).length, 1)
  assert.equal(strays(bare.replace('statement(', 'timeStatement(')).length, 0)
  assert.equal(strays(bare.replace('incident where', 'incident_note where')).length, 0)
  assert.equal(strays(`statement('two', 'with ${asksWho} select 1')`).length, 1)
})
