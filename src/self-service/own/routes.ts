/** All pages on which persons see what concerns themselves. */

import type { FastifyInstance } from 'fastify'
import { actRoutes } from '#self-service/own/act.ts'
import { amendRoutes } from '#self-service/own/amend.ts'
import { askedRoutes } from '#self-service/own/asked.ts'
import { caseRoutes } from '#self-service/own/case.ts'
import { casesRoutes } from '#self-service/own/cases.ts'
import { childrenRoutes } from '#self-service/own/children.ts'
import { dataRoutes } from '#self-service/own/data.ts'
import { lettersRoutes } from '#self-service/own/letters.ts'
import { lookedRoutes } from '#self-service/own/looked.ts'
import { powersRoutes } from '#self-service/own/powers.ts'
import type { Tools } from '#self-service/settings.ts'

export function ownRoutes(app: FastifyInstance, tools: Tools): void {
  casesRoutes(app, tools)
  caseRoutes(app, tools)
  amendRoutes(app, tools)
  askedRoutes(app, tools)
  lettersRoutes(app, tools)
  dataRoutes(app, tools)
  lookedRoutes(app, tools)
  powersRoutes(app, tools)
  actRoutes(app, tools)
  childrenRoutes(app, tools)
}
