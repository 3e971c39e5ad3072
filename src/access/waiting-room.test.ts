/** The waiting room: who is called next, who is turned away, and that no flood delays another. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { setImmediate as turnOfLoop } from 'node:timers/promises'
import fc from 'fast-check'
import {
  type Arrival,
  busy,
  type RoomLimits,
  usualRoom,
  WaitingRoom,
} from '#access/waiting-room.ts'

/** A room whose work ends when the test says so, and in which order it began. */
function openRoom(limits: RoomLimits = usualRoom) {
  const room = new WaitingRoom(limits)
  const begun: string[] = []
  const turnedAway: string[] = []
  const ends: (() => void)[] = []
  const enter = (name: string, code: string, site: string) => {
    const work = () => {
      begun.push(name)
      return new Promise<void>((end) => ends.push(end))
    }
    void room.enter({ code, site }, work).then((end) => {
      if (end === busy) turnedAway.push(name)
    })
  }
  /** Ends what is at work, the one that began first before the others. */
  const end = async (times = 1) => {
    for (let time = 0; time < times; time += 1) {
      ends.shift()?.()
      await turnOfLoop()
    }
  }
  return { room, enter, end, begun, turnedAway }
}

const names = (count: number, name: string) =>
  Array.from({ length: count }, (_, n) => `${name}${n}`)

test('of one person code one is at work at a time, in the order of coming; another does not wait', async () => {
  const { enter, end, begun } = openRoom()
  for (const name of ['first', 'second', 'third']) enter(name, 'A', '192.0.2.1')
  enter('other', 'B', '192.0.2.1')
  await turnOfLoop()
  assert.deepEqual(begun, ['first', 'other'])
  await end(4)
  assert.deepEqual(begun, ['first', 'other', 'second', 'third'])
})

test('work that fails fails alone, and gives its place back', async () => {
  const room = new WaitingRoom({ atWorkMax: 1, waitingMax: 1 })
  const arrival = { code: 'A', site: '192.0.2.1' }
  const failing = room.enter(arrival, async () => Promise.reject(new Error('no')))
  const next = room.enter(arrival, async () => 'done')
  await assert.rejects(failing, /no/)
  assert.equal(await next, 'done')
})

test('a flood at one code, from five addresses, makes nobody else wait', async () => {
  const { enter, end, begun, turnedAway } = openRoom({ atWorkMax: 1, waitingMax: 50 })
  for (const [nth, name] of names(500, 'flood').entries()) enter(name, 'A', `192.0.2.${nth % 5}`)
  for (const name of names(20, 'other')) enter(name, `B${name}`, `198.51.100.${name}`)
  await end(25)
  for (const name of names(20, 'other')) assert.ok(begun.slice(0, 22).includes(name), name)
  assert.ok(turnedAway.every((name) => name.startsWith('flood')))
  assert.equal(turnedAway.length, 500 + 20 - 50 - 1)
})

test('nor does one address that tries every code there is', async () => {
  const { enter, end, begun, turnedAway } = openRoom({ atWorkMax: 2, waitingMax: 50 })
  for (const name of names(500, 'flood')) enter(name, name, '192.0.2.1')
  for (const name of names(20, 'other')) enter(name, name, `198.51.100.${name}`)
  await end(25)
  for (const name of names(20, 'other')) assert.ok(begun.slice(0, 24).includes(name), name)
  assert.ok(turnedAway.every((name) => name.startsWith('flood')))
})

test('whoever holds a code comes before those who flood it from elsewhere', async () => {
  const { enter, end, begun, turnedAway } = openRoom({ atWorkMax: 1, waitingMax: 20 })
  for (const [nth, name] of names(200, 'flood').entries()) enter(name, 'A', `192.0.2.${nth % 5}`)
  await end(5)
  enter('holder', 'A', '198.51.100.7')
  await end(1)
  assert.equal(begun.at(-1), 'holder')
  assert.ok(!turnedAway.includes('holder'))
})

test('the control: in a line of one kind, the same others are turned away or last', async () => {
  const { enter, end, begun, turnedAway } = openRoom({ atWorkMax: 1, waitingMax: 50 })
  for (const name of names(500, 'flood')) enter(name, 'A', '192.0.2.1')
  for (const name of names(20, 'other')) enter(name, 'A', '192.0.2.1')
  await end(25)
  assert.ok(begun.every((name) => name.startsWith('flood')))
  assert.equal(turnedAway.filter((name) => name.startsWith('other')).length, 20)
})

test('a flood that never ends does not keep a busy code waiting for ever', async () => {
  const { enter, end, begun } = openRoom({ atWorkMax: 1, waitingMax: 100 })
  for (const name of names(10, 'busy')) enter(name, 'A', '192.0.2.1')
  for (let nth = 0; nth < 1000; nth += 1) {
    // New names from new addresses each time: nobody was called less than these.
    enter(`new${nth}`, `N${nth}`, `n${nth}`)
    await end()
  }
  for (const name of names(10, 'busy')) assert.ok(begun.includes(name), name)
})

const arrivals = fc.array(
  fc.record({ code: fc.constantFrom('A', 'B', 'C', ''), site: fc.constantFrom('1', '2', '3') }),
  { maxLength: 60 },
)

test('everybody is either served once or turned away, within the bounds, whoever comes', async () => {
  await fc.assert(
    fc.asyncProperty(
      arrivals,
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 0, max: 9 }),
      async (all, atWorkMax, waitingMax) => {
        const room = new WaitingRoom({ atWorkMax, waitingMax })
        const atWork: Arrival[] = []
        let served = 0
        const answers = await Promise.all(
          all.map((arrival) =>
            room.enter(arrival, async () => {
              assert.ok(!atWork.some(({ code }) => code === arrival.code), 'two of one code')
              atWork.push(arrival)
              assert.ok(atWork.length <= atWorkMax)
              await turnOfLoop()
              atWork.splice(atWork.indexOf(arrival), 1)
              served += 1
            }),
          ),
        )
        const turned = answers.filter((answer) => answer === busy).length
        assert.equal(served + turned, all.length)
        assert.ok(served >= Math.min(all.length, waitingMax))
      },
    ),
  )
})
