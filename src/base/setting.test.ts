import assert from 'node:assert/strict'
import { test } from 'node:test'
import { choice, list, readTable, type Table, text, wholeNumber } from '#base/setting.ts'
import { settingsTable } from '#base/settings.ts'

const word = text('a word', /^[a-z]+$/)
const table = {
  name: { variable: 'SAMSPIL_NAME', kind: word, preset: 'anna', doc: '' },
  nick: { variable: 'SAMSPIL_NICK', kind: word, doc: '' },
  many: { variable: 'SAMSPIL_MANY', kind: list(word), doc: '' },
  size: { variable: 'SAMSPIL_SIZE', kind: wholeNumber(1, 10), preset: '3', doc: '' },
  mood: { variable: 'SAMSPIL_MOOD', kind: choice('good', 'bad'), preset: 'good', doc: '' },
  secret: { variable: 'SAMSPIL_SECRET', kind: word, secret: true, doc: '' },
} as const satisfies Table

const files: Readonly<Record<string, string>> = { '/run/secret': 'hush\n' }
const read = (variables: Readonly<Record<string, string>>) =>
  readTable(table, {
    variables,
    readFile: (path) => {
      const found = files[path]
      if (found === undefined) throw new Error(`no ${path}`)
      return found
    },
  })
const faultsOf = (variables: Readonly<Record<string, string>>) => {
  const result = read(variables)
  return result.ok ? [] : result.faults
}

test('what is left out has its preset, or is not there', () => {
  assert.deepEqual(read({ SAMSPIL_NICK: ' ' }), {
    ok: true,
    values: {
      name: 'anna',
      nick: undefined,
      many: undefined,
      size: 3,
      mood: 'good',
      secret: undefined,
    },
  })
})

test('what is given is read by its kind', () => {
  const given = read({ SAMSPIL_MANY: 'anna, bo', SAMSPIL_SIZE: '10', SAMSPIL_MOOD: 'bad' })
  assert.ok(given.ok)
  const { many, size, mood } = given.values
  assert.deepEqual({ many, size, mood }, { many: ['anna', 'bo'], size: 10, mood: 'bad' })
})

test('a variable of ours that no table knows refuses the start, and others are none of ours', () => {
  assert.equal(faultsOf({ SAMSPIL_NAEM: 'x', PATH: '/bin' }).length, 1)
  assert.match(faultsOf({ SAMSPIL_NAME_FILE: '/run/secret' })[0] ?? '', /SAMSPIL_NAME_FILE is no/)
})

test('every fault is told at once, and none repeats what was given', () => {
  const given = {
    SAMSPIL_NAME: 'A1',
    SAMSPIL_SIZE: '11',
    SAMSPIL_MOOD: 'odd',
    SAMSPIL_SECRET: 'P4ss',
  }
  const faults = faultsOf(given)
  assert.equal(faults.length, 4)
  for (const value of Object.values(given)) assert.ok(!faults.join().includes(value), value)
})

test('a secret may come from a file, but not from both, and a missing file is told', () => {
  const given = read({ SAMSPIL_SECRET_FILE: '/run/secret' })
  assert.equal(given.ok && given.values.secret, 'hush')
  assert.equal(faultsOf({ SAMSPIL_SECRET: 'x', SAMSPIL_SECRET_FILE: '/run/secret' }).length, 1)
  assert.equal(faultsOf({ SAMSPIL_SECRET_FILE: '/none' }).length, 1)
})

test('a number is whole, in its range and written in digits', () => {
  const wrong = ['0', '11', '1.5', '-1', '+1', '1e1', '0x1', ' ', '１']
  assert.deepEqual(
    wrong.filter((each) => wholeNumber(1, 10).read(each) !== undefined),
    [],
  )
})

test('every preset of the real table can be read, and no secret has one', () => {
  const given = readTable(settingsTable, { variables: {}, readFile: () => '' })
  assert.ok(given.ok, JSON.stringify(given))
  for (const setting of Object.values<Table[string]>(settingsTable)) {
    assert.ok(!(setting.secret && setting.preset !== undefined), setting.variable)
    assert.match(setting.doc, /^[A-Z`].{10,}\.$/, setting.variable)
  }
})
