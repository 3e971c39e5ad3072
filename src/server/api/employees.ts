/** The JSON door of administrators: whose a person code is, so that the control of the log can see. */

import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import { needs } from '#access/declaration.ts'
import { noticeKinds } from '#access/notices.ts'
import { CodeParams, DoneAnswer, EmployeeBody } from '#api/administration-contracts.ts'
import { present } from '#base/assert.ts'
import { refuse } from '#incident/receipts.ts'
import { readPnr } from '#register/pnr.ts'
import { admit, refuseAdministration } from '#server/api/administration.ts'
import { type Doors, sendNotDone } from '#server/api/context.ts'
import { problems, secured } from '#server/api/openapi.ts'
import { stateEmployee } from '#store/employees.ts'

const declaration = needs('administer', 'log-control', { fields: 'accounts', budget: 'control' })

export const employeeRoute: FastifyPluginAsyncTypebox<{ doors: Doors }> = async (
  app,
  { doors },
) => {
  app.post(
    '/person-codes/:code/employee',
    {
      config: { declaration },
      schema: {
        ...secured(
          'Administration',
          'State the employee',
          'Who uses the code, for the patterns of log reviews. The number is never answered.',
        ),
        params: CodeParams,
        body: EmployeeBody,
        response: { 200: DoneAnswer, ...problems },
      },
    },
    async (request, reply) => {
      const act = 'employee-stated'
      const { code } = request.params
      const { reason, pnr: sent } = request.body
      const ground = await admit(doors, request, { act, reason, code })
      if (ground.kind !== 'admitted') return sendNotDone(reply, ground)
      const pnr = sent === undefined ? undefined : readPnr(sent)
      if (sent !== undefined && pnr === undefined) {
        const order = { act, kind: 'refused' } as const
        return refuseAdministration(doors, ground, reply, order, [refuse(52, 'pnr')])
      }
      const record = present(ground.record, 'the person code of the employee')
      const isStated = await stateEmployee(doors.access, record.code, pnr, ground.by)
      if (isStated) return reply.send({ code, text: noticeKinds.changed })
      const order = { act, kind: 'not-allowed' } as const
      return refuseAdministration(doors, ground, reply, order, [refuse(9067, 'code')])
    },
  )
}
