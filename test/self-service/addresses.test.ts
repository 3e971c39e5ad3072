/** Finding an address where there are many: a tower at one house number, a city of many roads. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { present } from '#base/assert.ts'
import { openJson } from '#client/index.ts'
import { findDwelling, findRoadName, searchAddresses } from '#self-service/report/addresses.ts'
import { openTestServer } from '#test/server.ts'

const server = await openTestServer()
const { url, codes, ownerPool } = server
const { code: personCode, password } = codes.citizen
const json = openJson({ url, personCode, password })
const [place, road] = ['0751', '9777']

// 30 floors of 20 flats, more than any answer holds; and more roads than that, too.
await ownerPool.script(`
insert into road (municipality, code, name, addressing_name, valid_from)
select '${place}', (9000 + n)::text, 'Aaprøvevej ' || n, 'Aaprøvevej ' || n, '2000-01-01'
from generate_series(1, 400) n;
insert into road (municipality, code, name, addressing_name, valid_from)
values ('${place}', '${road}', 'Tårnprøven', 'Tårnprøven', '2000-01-01');
insert into address (key, municipality, road, house, floor, door, postcode, kind, rooms, valid_from)
select '${place}-${road}-7-' || f || '-' || d, '${place}', '${road}', '7', f::text, d::text,
  (select code from postcode limit 1), 'ordinary', 2, '2000-01-01'
from generate_series(1, 30) f, generate_series(1, 20) d`)

test('the last flat of a tower is found, by its floor and by its value', async () => {
  const [only, ...others] = await searchAddresses(json, place, 'Tårnprøven 7, 30. 20')
  const flat = present(only, 'the flat')
  assert.equal(others.length, 0)
  assert.equal(flat.value, `${road}|7|30|20`)
  const found = present(await findDwelling(json, place, flat.value), 'the dwelling')
  assert.deepEqual(found.parts, { road, house: '7', floor: '30', door: '20' })
  assert.match(found.text, /^Tårnprøven 7, 30\. 20, \d{4} /)
  assert.equal((await searchAddresses(json, place, 'Tårnprøven 7, 29.')).length, 20)
})

test('a road behind the two hundredth has its name', async () => {
  assert.equal(await findRoadName(json, place, road), 'Tårnprøven')
  assert.equal(await findRoadName(json, place, '9399'), 'Aaprøvevej 399')
})

test('what is none of the register is not found, whatever it looks like', async () => {
  const none = [`${road}|7|31|1`, `${road}|7|30|21`, `${road}|7||`, '9998|1||', "9777|7|'|--", '']
  for (const value of none) assert.equal(await findDwelling(json, place, value), undefined, value)
  assert.equal(await findRoadName(json, place, '9998'), undefined)
  assert.equal(await findRoadName(json, '07', road), undefined)
})
