/** Stand-ins for the programs that are still to come: each says what it will be, and links on. */

import fastify, { type FastifyInstance } from 'fastify'

export type ComingProgram = 'self-service' | 'desk' | 'idp'

const programs: {
  readonly [P in ComingProgram]: { readonly name: string; readonly what: string }
} = {
  'self-service': {
    name: 'Selvbetjening · Self-service',
    what: 'Here citizens will report moves and protections, and see where their case is.',
  },
  desk: {
    name: 'Sagsbehandling · Desk',
    what: 'Here case workers of the municipality will approve and reject what waits for them.',
  },
  idp: {
    name: 'Log ind · Sign in',
    what: 'Here the invented citizens and case workers of the sandbox will sign in.',
  },
}

/** A server for one page; `cpr` is the address of the CPR server. */
export function openLanding(program: ComingProgram, cpr: string): FastifyInstance {
  const app = fastify({ forceCloseConnections: true })
  app.get('/', async (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(page(programs[program], cpr)),
  )
  return app
}

function page({ name, what }: (typeof programs)[ComingProgram], cpr: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Samspil: ${name}</title>
<style>
body { font: 1.125rem/1.6 system-ui, sans-serif; max-width: 40rem; margin: 4rem auto; padding: 0 1rem; color: #1a1a1a }
h1 { font-size: 1.75rem; line-height: 1.25 }
a { color: #0059b3 }
</style>
<main>
<h1>${name}</h1>
<p>${what} It is not built yet.</p>
<p>Everything it will do can be done today through the CPR server:</p>
<ul>
<li><a href="${cpr}/api/v1/docs">The JSON door: documentation to try out</a></li>
<li><a href="${cpr}/api/v1/openapi.json">Its contract, OpenAPI 3.1</a></li>
<li>The GCTP door takes POST at <code>${cpr}/cpr-online-gctp/gctp</code>; see <code>samspil walk</code></li>
</ul>
</main>
</html>
`
}
