/** Which routes of the desk are in a walk, by what the browser asked for. */

import { routes } from '#desk/paths.ts'

/** The names of those that none of these URLs leads to. */
export function routesNotIn(urls: readonly string[]): readonly string[] {
  const walked = new Set(urls.map((url) => routeOf(new URL(url).pathname)))
  return Object.keys(routes).filter((name) => !walked.has(name))
}

/** A router prefers what is named to what may be anything, and so do these patterns. */
const patterns = Object.entries(routes)
  .map(([name, route]) => ({ name, given: route.split(':').length, pattern: patternOf(route) }))
  .sort((a, b) => a.given - b.given)

function routeOf(path: string): string | undefined {
  return patterns.find(({ pattern }) => pattern.test(path))?.name
}

function patternOf(route: string): RegExp {
  return new RegExp(`^${route.replace(':language', '(da|en)').replaceAll(/:\w+/g, '[^/]+')}$`)
}
