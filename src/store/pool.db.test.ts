/** The pool against a real PostgreSQL: types, transactions, outages. */

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Unavailable } from '#base/outage.ts'
import { openPool, type Pool, statement } from '#store/pool.ts'
import { withRetry } from '#store/retry.ts'
import { openEmptyDatabase } from '#test/database.ts'

const { url, pool } = await openEmptyDatabase()

async function one(from: Pool, text: string): Promise<unknown> {
  const { rows } = await from.run(statement(text.slice(0, 60), text))
  return rows[0]?.['value']
}

test('a date stays the text of its day, alone and in an array', async () => {
  assert.equal(await one(pool, `select date '2026-01-02' as value`), '2026-01-02')
  const days = await one(pool, `select array[date '2026-01-02', date '0001-01-01'] as value`)
  assert.deepEqual(days, ['2026-01-02', '0001-01-01'])
})

test('a bigint is a number as long as it is exact', async () => {
  assert.equal(await one(pool, 'select 9007199254740991::bigint as value'), 9007199254740991)
  await assert.rejects(one(pool, 'select 9007199254740992::bigint as value'), /too large/)
})

test('numeric and timestamp stay text, jsonb is parsed, an instant is a Date', async () => {
  assert.equal(await one(pool, 'select 1.10::numeric as value'), '1.10')
  assert.equal(
    await one(pool, `select timestamp '2026-01-02 03:04' as value`),
    '2026-01-02 03:04:00',
  )
  assert.deepEqual(await one(pool, `select '{"a": [1]}'::jsonb as value`), { a: [1] })
  const instant = await one(pool, `select timestamptz '2026-01-02 03:04Z' as value`)
  assert.equal(instant instanceof Date && instant.toISOString(), '2026-01-02T03:04:00.000Z')
})

test('a named statement is prepared, an unnamed one is not', async () => {
  const prepared = 'select name as value from pg_prepared_statements'
  const named = openPool(url, { max: 1 })
  const unnamed = openPool(url, { max: 1, prepare: false })
  try {
    assert.equal(await one(named, prepared), prepared.slice(0, 60))
    assert.equal(await one(unnamed, prepared), undefined)
  } finally {
    await Promise.all([named.close(), unnamed.close()])
  }
})

test('a transaction that throws leaves nothing behind, and its connection is used again', async () => {
  const single = openPool(url, { max: 1 })
  try {
    await single.script('create table kept (value int)')
    const work = single.transaction(async (session) => {
      await session.script('insert into kept values (1)')
      throw new Error('changed my mind')
    })
    await assert.rejects(work, /changed my mind/)
    assert.equal(await one(single, 'select count(*) as value from kept'), 0)
  } finally {
    await single.close()
  }
})

test('a transaction that swallows the error of a statement does not pass for committed', async () => {
  const work = pool.transaction(async (session) => {
    await session.script('select 1/0').catch(() => {})
  })
  await assert.rejects(work, /swallowed/)
})

test('an error of a constraint comes through as it is', async () => {
  await pool.script('create table single (value int constraint single_pk primary key)')
  await pool.script('insert into single values (1)')
  await assert.rejects(pool.script('insert into single values (1)'), {
    code: '23505',
    constraint: 'single_pk',
  })
})

test('a port where nobody listens is an outage in which nothing happened', async () => {
  const nobody = openPool('postgres://a:b@127.0.0.1:1/none')
  await assert.rejects(nobody.script('select 1'), (error) => {
    assert.ok(error instanceof Unavailable)
    assert.equal(error.outcome, 'nothing-happened')
    return true
  })
})

test('a statement over its time limit is an outage, and the pool goes on', async () => {
  // Enough for a short statement on a slow machine, too.
  const limit = { max: 1, statementTimeoutMs: 3_000 }
  const [limited, pooler] = [openPool(url, limit), openPool(url, { ...limit, prepare: false })]
  const overLimit = async (each: Pool) => {
    await assert.rejects(each.script('select pg_sleep(600)'), Unavailable)
    assert.equal(await one(each, 'select 1 as value'), 1)
  }
  try {
    await Promise.all([overLimit(limited), overLimit(pooler)])
  } finally {
    await Promise.all([limited.close(), pooler.close()])
  }
})

test('a connection that is ended within a transaction is an outage, not the end of us', async () => {
  const work = pool.transaction(async (session) => {
    const { rows } = await session.run(statement('own_pid', 'select pg_backend_pid() as pid'))
    await pool.run(statement('end_pid', 'select pg_terminate_backend($1, 5000)'), [
      rows[0]?.['pid'],
    ])
    await session.script('select 1')
  })
  await assert.rejects(work, Unavailable)
  assert.equal(await one(pool, 'select 1 as value'), 1)
})

test('a commit whose answer is lost is unknown', async () => {
  await pool.script(`
    create table slow (value int primary key deferrable initially deferred);
    create function wait() returns trigger language plpgsql as $$
      begin perform pg_terminate_backend(pg_backend_pid()); return null; end $$;
    create constraint trigger wait after insert on slow deferrable initially deferred
      for each row execute function wait()`)
  const work = pool.transaction((session) => session.script('insert into slow values (1)'))
  await assert.rejects(work, (error) => {
    assert.ok(error instanceof Unavailable)
    assert.equal(error.outcome, 'unknown')
    return true
  })
})

test('two serializable counters both count when they are repeated', async () => {
  await pool.script('create table counter (value int); insert into counter values (0)')
  const sleeps: number[] = []
  const options = {
    random: () => 0.5,
    sleep: async (ms: number) => {
      sleeps.push(ms)
    },
  }
  let bothHaveRead: () => void = () => {}
  const read = new Promise<void>((resolve) => {
    bothHaveRead = resolve
  })
  let readers = 0
  const count = () =>
    pool.transaction(async (session) => {
      const { rows } = await session.script('select value from counter')
      readers += 1
      if (readers === 2) bothHaveRead()
      await read
      await session.run(statement('set_counter', 'update counter set value = $1'), [
        Number(rows[0]?.['value']) + 1,
      ])
    }, 'begin isolation level serializable')
  await Promise.all([withRetry(count, options), withRetry(count, options)])
  assert.equal(await one(pool, 'select value from counter'), 2)
  assert.deepEqual(sleeps, [8])
})
