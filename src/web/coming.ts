/** The page of a program that is still to come: what it will be, and what can be done meanwhile. */

export type Coming = { readonly name: string; readonly what: string }

/** `cpr` is the address of the CPR server. Both texts are ours, so nothing needs escaping. */
export function comingPage({ name, what }: Coming, cpr: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Samspil: ${name}</title>
<style>
body {
  font: 1.125rem/1.6 system-ui, sans-serif; color: #1a1a1a;
  max-width: 40rem; margin: 4rem auto; padding: 0 1rem; overflow-wrap: anywhere;
}
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
<li>The GCTP door takes POST at <code>${cpr}/cpr-online-gctp/gctp</code>;
<code>./samspil walk</code> shows it at work</li>
</ul>
</main>
</html>
`
}
