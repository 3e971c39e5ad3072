/**
 * A view of the queue: filters and order. It stands in the query of every page of a case, so that
 * one comes back to where one was. What was searched for may name somebody and is never in a URL.
 */

import type { FastifyRequest } from 'fastify'
import type { QueueItem, QueueQuery } from '#client/index.ts'

export type View = Pick<
  QueueQuery,
  'type' | 'flag' | 'waitsFor' | 'claimed' | 'overdue' | 'sort' | 'text'
>

export const flagNames = ['late', 'children', 'crowded', 'similar', 'protected'] as const
export const waitNames = ['authority', 'hearing', 'reporter'] as const
export const claimNames = ['mine', 'free', 'others'] as const
export const sortNames = ['received', 'newest', 'deadline'] as const

export type Flag = QueueItem['flags'][number]
export type Waits = QueueItem['waitsFor']

export const searchMax = 200

/** Of a page that was asked for; what no filter knows is left out. */
export function viewOf({ url }: Pick<FastifyRequest, 'url'>): View {
  const query = new URLSearchParams(url.split('?', 2)[1] ?? '')
  return readView((name) => query.get(name) ?? '')
}

export function readView(given: (name: string) => string): View {
  const type = given('type')
  const flag = oneOf(flagNames, given('flag'))
  const waitsFor = oneOf(waitNames, given('waits'))
  const claimed = oneOf(claimNames, given('claimed'))
  const sort = oneOf(sortNames, given('sort'))
  const text = given('text').trim()
  return {
    ...(/^[a-z][a-z-]{1,60}$/.test(type) && { type }),
    ...(flag && { flag }),
    ...(waitsFor && { waitsFor }),
    ...(claimed && { claimed }),
    ...(given('overdue') === 'yes' && { overdue: true }),
    ...(sort && { sort }),
    ...(text !== '' && { text }),
  }
}

/** For a URL: everything but the words that were searched for. */
export function queryOf({ type, flag, waitsFor, claimed, overdue, sort }: View) {
  return { type, flag, waits: waitsFor, claimed, overdue: overdue ? 'yes' : undefined, sort }
}

/** The filters without the order, as the counts take them. */
export function filtersOf({ sort: _, ...filters }: View): Omit<View, 'sort'> {
  return filters
}

function oneOf<const Name extends string>(names: readonly Name[], text: string): Name | undefined {
  return names.find((name) => name === text)
}
