/** Townspeople of 0751 for the control of the log: an employee, and whom that employee is near to. */

import { present } from '#base/assert.ts'
import type { TestServer } from '#test/server.ts'

type Row = Readonly<Record<string, unknown>>

export type Townspeople = {
  readonly own: string
  readonly neighbour: string
  readonly namesake: string
  readonly workmate: string
  readonly stranger: string
}

/** Unprotected people with a home, whom nothing names, and who are one thing to the employee. */
export async function findTownspeople({ ownerPool }: TestServer): Promise<Townspeople> {
  const { rows } = await ownerPool.script(
    `select p.pnr, p.address_key as home, p.current #>> '{name,surname}' as surname
     from person p
     where p.municipality = '0751' and p.status = '01' and p.address_key is not null
       and not p.current -> 'protections' @> '[{"type": "0001"}]'
     order by p.pnr`,
  )
  const others = (me: Row) => rows.filter((each) => each !== me)
  const me = present(
    rows.find(
      (each) =>
        others(each).some((other) => isNear(each, other) && !isNamesake(each, other)) &&
        others(each).some((other) => isNamesake(each, other) && !isNear(each, other)),
    ),
    'an employee with neighbours and namesakes',
  )
  const strangers = others(me).filter((each) => !isNear(me, each) && !isNamesake(me, each))
  return {
    own: pnrOf(me),
    neighbour: pnrOf(others(me).find((each) => isNear(me, each) && !isNamesake(me, each))),
    namesake: pnrOf(others(me).find((each) => isNamesake(me, each) && !isNear(me, each))),
    workmate: pnrOf(strangers[0]),
    stranger: pnrOf(strangers[1]),
  }
}

const pnrOf = (row: Row | undefined) => String(present(row, 'somebody')['pnr'])
const isNamesake = (a: Row, b: Row) => a['surname'] === b['surname']

function isNear(a: Row, b: Row): boolean {
  const [one, other] = [homeOf(a), homeOf(b)]
  const isOneRoad = one.municipality === other.municipality && one.road === other.road
  return isOneRoad && Math.abs(one.number - other.number) <= 10
}

function homeOf(row: Row) {
  const [municipality, road, house = ''] = String(row['home']).split('-')
  return { municipality, road, number: Number.parseInt(house, 10) }
}
