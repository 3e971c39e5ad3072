/** The JSON door's address register: roads by their first letters, dwellings of a road. */

import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox'
import { needs } from '#access/declaration.ts'
import { danishDate } from '#base/calendar.ts'
import { admitTo } from '#casework/admit.ts'
import { askerOf, type Doors, sendProblem } from '#server/api/context.ts'
import { problems, secured } from '#server/api/openapi.ts'

const limitMax = 200
const closed = { additionalProperties: false }
const Code = Type.String({ pattern: '^[0-9]{4}$' })

const AddressQuery = Type.Object(
  {
    municipality: Code,
    road: Type.Optional(Code),
    query: Type.Optional(
      Type.String({ maxLength: 40, description: 'How the road, or the house number, begins' }),
    ),
    floor: Type.Optional(
      Type.String({ pattern: '^[0-9A-Za-z]{0,2}$', description: 'Of dwellings: only this floor' }),
    ),
    door: Type.Optional(
      Type.String({ pattern: '^[0-9A-Za-zÆØÅæøå/-]{0,4}$', description: 'Only this door' }),
    ),
    limit: Type.Optional(Type.String({ pattern: '^[0-9]{1,3}$' })),
  },
  closed,
)

const AddressAnswer = Type.Object(
  {
    roads: Type.Optional(
      Type.Array(Type.Object({ code: Type.String(), name: Type.String() }, closed)),
    ),
    dwellings: Type.Optional(
      Type.Array(
        Type.Object(
          {
            house: Type.String(),
            floor: Type.Optional(Type.String()),
            door: Type.Optional(Type.String()),
            town: Type.Optional(Type.String()),
            postcode: Type.Object({ code: Type.String(), district: Type.String() }, closed),
          },
          closed,
        ),
      ),
    ),
  },
  closed,
)

export const addressRoutes: FastifyPluginAsyncTypebox<{ doors: Doors }> = async (app, options) => {
  const { house, addresses } = options.doors

  app.get(
    '/addresses',
    {
      config: {
        declaration: needs('find-address', 'report', { fields: 'nothing', budget: 'errand' }),
      },
      schema: {
        ...secured(
          'Addresses',
          'Find an address',
          'The roads of a municipality; with a road, that road and its dwellings. Nothing about who ' +
            'lives there.',
        ),
        querystring: AddressQuery,
        response: { 200: AddressAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const { municipality, road, query = '', limit, floor, door } = request.query
      const admitted = await admitTo(house, askerOf(request), 'find-address', 'find-address')
      if (admitted.kind !== 'admitted') return sendProblem(reply, admitted.kind, [admitted.refusal])
      const question = {
        municipality,
        query,
        today: danishDate(house.clock()),
        limit: Math.min(Math.max(Number(limit ?? 50), 1), limitMax),
      }
      if (road === undefined) return reply.send({ roads: [...(await addresses.roads(question))] })
      const found = await addresses.dwellings({ ...question, road, floor, door })
      return reply.send({
        roads: found.road ? [found.road] : [],
        dwellings: found.dwellings.map(
          ({ house: number, floor, door, town, postcode, district }) => ({
            house: number,
            ...(floor && { floor }),
            ...(door && { door }),
            ...(town && { town }),
            postcode: { code: postcode, district },
          }),
        ),
      })
    },
  )
}
