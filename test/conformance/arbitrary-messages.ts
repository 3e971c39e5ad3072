/** Random messages of every kind, as values that fit the wire. */

import fc from 'fast-check'
import { firstOutside } from '#base/latin1.ts'
import type {
  AnswerData,
  AnswerField,
  Data,
  Fields,
  GctpAnswer,
  NewPassword,
  Receipt,
  Search,
  SignOff,
  SignOn,
  Update,
} from '#gctp/message.ts'
import { countryKeys, versions } from '#gctp/values.ts'

type Model<T> = { [K in keyof T]: fc.Arbitrary<T[K]> }

/** Objects as literals make them: equality is strict about prototypes. */
const record = <T>(model: Model<T>) => fc.record(model, { noNullPrototype: true })
const partial = <T, K extends keyof T>(model: Model<T>, requiredKeys: K[]) =>
  fc.record(model, { requiredKeys, noNullPrototype: true })

/** Text that fits the wire: letters of ISO-8859-1, what XML must escape, and all blanks. */
export const wireText = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }).filter((text) => firstOutside(text) === undefined),
  fc.string({ unit: fc.constantFrom(...'abæøåÆØÅéüßñÿ<>&"\'\t\n\r =/;#') }),
)
const filled = wireText.filter((text) => text !== '')
const version = fc.constantFrom(...versions)
const name = fc.oneof(
  fc.constantFrom('PNR', 'HDTO', 'KOMKOD', 'VEJKOD', 'FELT', '__proto__', 'constructor'),
  filled.filter((text) => !countryKeys.includes(text)),
)
const orNone = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined })

const fields: fc.Arbitrary<Fields> = fc.array(record({ name, value: orNone(filled) }), {
  maxLength: 6,
})
const data: fc.Arbitrary<Data> = record({
  fields,
  tables: fc.array(
    record({
      name,
      rows: fc.array(record({ key: orNone(filled), fields }), { maxLength: 3 }),
    }),
    { maxLength: 3 },
  ),
})

export const signOns: fc.Arbitrary<SignOn> = record({
  kind: fc.constant('sign-on'),
  version,
  userId: wireText,
  password: wireText,
})

export const newPasswords: fc.Arbitrary<NewPassword> = record({
  kind: fc.constant('new-password'),
  version,
  userId: wireText,
  password: wireText,
  newPassword: wireText,
  newPasswordAgain: orNone(wireText),
})

export const signOffs: fc.Arbitrary<SignOff> = record({ kind: fc.constant('sign-off'), version })

export const searches: fc.Arbitrary<Search> = record({
  kind: fc.constant('search' as const),
  version,
  service: filled,
  key: fields,
}).map((search) => ({ ...search, serviceKey: search.service.toUpperCase() }))

export const updates: fc.Arbitrary<Update> = record({
  kind: fc.constant('update' as const),
  version,
  service: filled,
  mk: orNone(filled),
  action: orNone(filled),
  vent: fc.boolean(),
  st: orNone(filled),
  ts: orNone(filled),
  key: fields,
  data: orNone(data),
  countryOrOnBehalf: fc.constant(false),
}).map((update) => ({ ...update, serviceKey: update.service.toUpperCase() }))

const answerFields: fc.Arbitrary<readonly AnswerField[]> = fc.array(
  partial(
    {
      name,
      value: filled,
      text: filled,
      longText: filled,
      furtherText: filled,
      shortText: filled,
    },
    ['name'],
  ),
  { maxLength: 5 },
)
const answerTables = fc.array(
  partial(
    {
      name,
      count: filled,
      rows: fc.array(partial({ key: filled, fields: answerFields }, ['fields']), {
        maxLength: 3,
      }),
    },
    ['name', 'rows'],
  ),
  { minLength: 1, maxLength: 2 },
)
export const answerData: fc.Arbitrary<AnswerData> = partial(
  {
    group: record({ name, fields: answerFields }),
    fields: answerFields.filter((list) => list.length > 0),
    tables: answerTables,
  },
  [],
)

const details = fc.array(
  partial({ text: filled, field: filled, number: fc.nat({ max: 99_999 }) }, ['text']),
  { minLength: 1, maxLength: 3 },
)
const serviceReceipts: fc.Arbitrary<Receipt> = fc.oneof(
  fc.constant<Receipt>({ kind: 'Ok', number: 0, text: '' }),
  partial(
    {
      kind: fc.constantFrom('Fejl' as const, 'Advarsel' as const),
      number: fc.integer({ min: 1, max: 9999 }).filter((number) => number < 900 || number > 908),
      text: wireText,
      details,
    },
    ['kind', 'number', 'text'],
  ),
)
const securityReceipts: fc.Arbitrary<Receipt> = partial(
  {
    kind: fc.constant('returKode' as const),
    number: fc.integer({ min: 900, max: 908 }),
    text: wireText,
    details,
  },
  ['kind', 'number', 'text'],
)

export const gctpAnswers: fc.Arbitrary<GctpAnswer> = fc.oneof(
  partial(
    { kind: fc.constant('security' as const), version, env: filled, receipt: securityReceipts },
    ['kind', 'version', 'receipt'],
  ),
  partial(
    {
      kind: fc.constant('search' as const),
      version,
      env: filled,
      service: filled,
      ts: filled,
      data: answerData,
      receipt: serviceReceipts,
    },
    ['kind', 'version', 'service', 'receipt'],
  ),
  partial(
    {
      kind: fc.constant('update' as const),
      version,
      env: filled,
      service: filled,
      header: partial(
        {
          mk: filled,
          state: filled,
          vent: fc.constant(true as const),
          st: filled,
          ts: filled,
          actions: fc.array(filled, { maxLength: 4 }),
        },
        [],
      ),
      data: answerData,
      receipt: serviceReceipts,
    },
    ['kind', 'version', 'service', 'header', 'receipt'],
  ),
)
