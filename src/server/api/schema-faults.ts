/** What a body is told that its route's schema refuses. Knows no route; repeats no value. */

import type { FastifyError, FastifyRequest } from 'fastify'
import type { Text } from '#base/text.ts'
import { aListOfTexts, aText } from '#incident/read.ts'
import { refuse, refuseUnreadable } from '#incident/receipts.ts'
import type { Refusal } from '#incident/refusal.ts'
import { bodyFaults } from '#server/api/body.ts'

type Validations = NonNullable<FastifyError['validation']>
type Validation = Validations[number]

export function refusalsOfSchema(
  faults: Validations,
  { body, method }: Pick<FastifyRequest, 'body' | 'method'>,
): readonly Refusal[] {
  if ((body === undefined || body === null) && method !== 'GET' && faults.every(isOfWhole)) {
    return [refuseUnreadable(bodyFaults.none)]
  }
  return faults.map(refusalOf)
}

const isOfWhole = ({ instancePath, keyword }: Validation) =>
  instancePath === '' && keyword === 'type'

/** An unknown name is 16, a missing one 9010, one of a wrong kind 9027; else it is unreadable. */
function refusalOf({ keyword, params, instancePath }: Validation): Refusal {
  const path = instancePath.split('/').filter(Boolean)
  const within = (name: unknown) => [...path, String(name)].join('.')
  if (keyword === 'additionalProperties') return refuse(16, within(params['additionalProperty']))
  if (keyword === 'required') {
    const name = within(params['missingProperty'])
    return refuse(9010, name, name)
  }
  const name = path.join('.')
  if (keyword === 'type' && name !== '') {
    const kind = params['type']
    if (kind === 'string') return refuse(9027, name, name, aText)
    if (kind === 'array') return refuse(9027, name, name, aListOfTexts)
    if (kind === 'object') return refuse(9027, name, name, anObject)
  }
  const reason = reasonOf(keyword, params)
  return reason ? refuseUnreadable(reason, name || undefined) : refuse(9000, name || undefined)
}

const anObject = { da: 'et objekt', en: 'an object' }

function reasonOf(keyword: string, { limit }: Validation['params']): Text | undefined {
  const bound = typeof limit === 'number' ? String(limit) : ''
  switch (keyword) {
    case 'type':
      return { da: 'Indholdet skal være et JSON-objekt', en: 'The body must be a JSON object' }
    case 'minLength':
      return { da: `Skriv mindst ${bound} tegn`, en: `Give at least ${bound} characters` }
    case 'maxLength':
      return { da: `Skriv højst ${bound} tegn`, en: `Give at most ${bound} characters` }
    case 'maxItems':
      return { da: `Højst ${bound} ad gangen`, en: `At most ${bound} at a time` }
    case 'pattern':
      return { da: 'Værdien har ikke den rette form', en: 'The value has not the right form' }
    default:
      return undefined
  }
}
