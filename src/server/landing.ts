/** The first page of the CPR server, for somebody who opened its address in a browser. */

export function landingPage(): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Samspil: the CPR server</title>
<h1>Samspil: the CPR server</h1>
<ul>
<li><a href="/api/v1/docs">The JSON door: documentation</a></li>
<li><a href="/api/v1/openapi.json">Its contract, OpenAPI 3.1</a></li>
<li>The GCTP door takes POST at <code>/cpr-online-gctp/gctp</code></li>
</ul>
</html>
`
}
