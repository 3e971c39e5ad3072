import { deepEqual, equal, throws } from 'node:assert/strict'
import { test } from 'node:test'
import { isLatin1 } from '#base/latin1.ts'
import {
  errorReceipt,
  inDanish,
  okReceipt,
  refusalReceipt,
  securityReceipt,
} from '#gctp/receipt.ts'
import {
  actionWords,
  findAction,
  findState,
  otherSuccessTexts,
  securityReceipts,
  stateWords,
} from '#gctp/values.ts'

const text = (da: string) => ({ da, en: `${da} in English` })
const late = { number: 9101, severity: 'warning', field: 'date', text: text('sent') } as const
const street = { number: 37, severity: 'error', field: 'road', text: text('vej') } as const
const other = { number: 9102, severity: 'error', text: text('andet') } as const

test('all refusals stand in one receipt, under the number of the first error', () => {
  const names: { readonly [name: string]: string } = { date: 'HDTO', road: 'VEJKOD' }
  deepEqual(inDanish(refusalReceipt([late, street, other], (field) => names[field] ?? field)), {
    kind: 'Fejl',
    number: 37,
    text: 'vej',
    details: [
      { text: 'sent', field: 'HDTO', number: 9101 },
      { text: 'vej', field: 'VEJKOD', number: 37 },
      { text: 'andet', number: 9102 },
    ],
  })
})

test('the English text of each refusal is there for who asks for it', () => {
  const receipt = refusalReceipt([late, street])
  deepEqual(
    receipt.details?.map(({ english }) => english),
    [late.text.en, street.text.en],
  )
  deepEqual(inDanish(okReceipt), okReceipt)
})

test('warnings alone make a warning', () => {
  const { kind, number } = refusalReceipt([late])
  deepEqual([kind, number], ['Advarsel', 9101])
})

test('a receipt of no refusals is a bug', () => {
  throws(() => refusalReceipt([]), /without a refusal/)
})

test('a single fault says the same in the receipt and in its row', () => {
  deepEqual(errorReceipt(172, 'Personen findes ikke i CPR', 'PNR'), {
    kind: 'Fejl',
    number: 172,
    text: 'Personen findes ikke i CPR',
    details: [{ text: 'Personen findes ikke i CPR', field: 'PNR', number: 172 }],
  })
})

test('a security receipt has the text of its number, unless 900 answers something else', () => {
  equal(securityReceipt(905).text, 'Ugyldig kodeord indtastet')
  equal(securityReceipt(900, { text: otherSuccessTexts.signedOff.da }).text, 'Signoff udført')
  equal('details' in securityReceipt(900), false)
  deepEqual(securityReceipt(900, { details: [{ text: 'om 3 dage' }] }).details, [
    { text: 'om 3 dage' },
  ])
})

test('every text and word that we put on the wire fits it, and none is used twice', () => {
  const words = [...Object.values(actionWords), ...Object.values(stateWords)]
  const texts = [...Object.values(securityReceipts), ...Object.values(otherSuccessTexts)]
  for (const each of [...words, ...texts.map(({ da }) => da)]) equal(isLatin1(each), true, each)
  equal(new Set(words).size, words.length)
})

test('a word is understood as the action or state it stands for, in any letter case', () => {
  equal(findAction('INIT'), 'initiate')
  equal(findAction('valider'), 'validate')
  equal(findAction('SLET'), undefined)
  equal(findAction('toString'), undefined)
  equal(findState('GEMT'), 'pending')
  equal(findState('?'), undefined)
})
