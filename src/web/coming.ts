/** The page of a program that is still to come: what it will be, and what can be done meanwhile. */

import { html } from '#base/html.ts'
import type { Content } from '#web/layout.ts'

export type Coming = { readonly name: string; readonly what: string }

/** `cpr` is the address of the CPR server. */
export function comingContent({ name, what }: Coming, cpr: string): Content {
  return {
    title: name,
    body: html`<h1>${name}</h1>
<p class="font-lead">${what} It is not built yet.</p>
<p>Everything it will do can be done today through the CPR server:</p>
<ul>
<li><a href="${`${cpr}/api/v1/docs`}">The JSON door: documentation to try out</a></li>
<li><a href="${`${cpr}/api/v1/openapi.json`}">Its contract, OpenAPI 3.1</a></li>
<li>The GCTP door takes POST at <code>${cpr}/cpr-online-gctp/gctp</code>;
<code>./samspil walk</code> shows it at work</li>
</ul>`,
  }
}
