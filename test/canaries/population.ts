/** Stands in for #store/population.ts: what is loaded has canaries in it. */

import { danishDate } from '#base/calendar.ts'
import type { Population } from '#population/population.ts'
import type { Pool } from '#store/pool.ts'
import { type LoadOptions, loadPopulation as load } from '#store/population.ts'
import { knowFlock, takeFlock } from '#test/canaries/aviary.ts'
import { withCanaries } from '#test/canaries/plant.ts'

export { RegisterNotEmpty } from '#store/population.ts'

export async function loadPopulation(
  owner: Pool,
  population: Population,
  options: LoadOptions,
): Promise<number> {
  const flock = takeFlock()
  const sung = withCanaries(population, danishDate(options.now), flock)
  const loaded = await load(owner, sung.population, options)
  knowFlock(flock, sung.people)
  return loaded
}
