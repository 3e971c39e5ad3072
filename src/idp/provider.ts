/**
 * The OpenID provider of the sandbox on a library that is installed for development only, so it is
 * loaded when it is needed. Knows the protocol's side; pages are handed in.
 */

import type { KoaContextWithOIDC, Provider } from 'oidc-provider'
import { present } from '#base/assert.ts'
import type { Html } from '#base/html.ts'
import type { IdpKeys } from '#idp/keys.ts'
import { memoryAdapter } from '#idp/memory.ts'
import { signInPath } from '#idp/paths.ts'
import {
  acrValues,
  authorityClaim,
  claimsOf,
  type IdpPerson,
  pnrClaim,
  subjectOf,
} from '#idp/people.ts'
import { languageOf } from '#web/pages.ts'
import { backChannelPath, signedOutPath, signInAnswerPath } from '#web/sign-in.ts'

/** A program that people sign in to. */
export type IdpClient = {
  readonly id: 'self-service' | 'desk'
  readonly name: string
  /** Of its pages. */
  readonly origin: string
}

export type ProviderParts = {
  readonly issuer: string
  readonly keys: IdpKeys
  readonly clients: readonly IdpClient[]
  readonly people: readonly IdpPerson[]
  readonly clock: () => Date
  readonly headers: Readonly<Record<string, string>>
  readonly pages: {
    /** Asks whether to sign out everywhere, with the mark that the answer must carry. */
    readonly signOut: (language: string, mark: string) => Html
    readonly signedOut: () => Html
    readonly failed: (error: string) => Html
  }
}

export async function makeProvider(parts: ProviderParts): Promise<Provider> {
  const { default: OidcProvider } = await import('oidc-provider')
  const { issuer, keys, people, clock, pages } = parts
  const show = (ctx: KoaContextWithOIDC, page: Html) => {
    ctx.set(parts.headers)
    ctx.type = 'html'
    ctx.body = page.toString()
  }
  const provider = new OidcProvider(issuer, {
    adapter: memoryAdapter(clock),
    clients: clientsOf(parts),
    jwks: { keys: [keys.signing] },
    cookies: { keys: keys.cookies },
    acrValues,
    scopes: ['openid', 'profile', 'ssn', 'authority'],
    claims: {
      acr: null,
      sid: null,
      openid: ['sub'],
      profile: ['name'],
      ssn: [pnrClaim],
      authority: [authorityClaim],
    },
    // Brokers put what they say of a person into the token itself.
    conformIdTokenClaims: false,
    pkce: { required: () => true },
    features: {
      backchannelLogout: { enabled: true },
      devInteractions: { enabled: false },
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (ctx, form) => {
          const mark = present(/name="xsrf" value="([^"]+)"/.exec(form)?.[1], 'the mark of a form')
          show(ctx, pages.signOut(languageAsked(ctx), mark))
        },
        postLogoutSuccessSource: (ctx) => show(ctx, pages.signedOut()),
      },
    },
    // By itself the library reaches no address of this machine, where its clients are in a sandbox.
    fetch: (url, { dispatcher: _, ...options } = {}) => fetch(url, options),
    ttl: {
      AccessToken: 600,
      AuthorizationCode: 60,
      Grant: 3600,
      IdToken: 600,
      Interaction: 1800,
      Session: 3600,
    },
    interactions: {
      url: (ctx, interaction) => signInPath(languageAsked(ctx), interaction.uid),
    },
    findAccount: (_ctx, sub) => {
      const person = people.find((each) => subjectOf(each) === sub)
      return person && { accountId: sub, claims: () => claimsOf(person) }
    },
    loadExistingGrant: grantWhatIsAsked,
    renderError: (ctx, out) => show(ctx, pages.failed(out.error)),
  })
  return provider
}

/** Both programs are the sandbox's own: nobody is asked whether they may know who signed in. */
async function grantWhatIsAsked(ctx: KoaContextWithOIDC) {
  const { client, session, provider } = ctx.oidc
  const grant = new provider.Grant({
    clientId: present(client, 'the client').clientId,
    accountId: present(session?.accountId, 'who signed in'),
  })
  grant.addOIDCScope('openid profile ssn authority')
  await grant.save()
  return grant
}

function clientsOf({ clients, keys }: ProviderParts) {
  return clients.map(({ id, name, origin }) => ({
    client_id: id,
    client_name: name,
    client_secret: keys.clientSecrets[id],
    redirect_uris: [`${origin}${signInAnswerPath}`],
    post_logout_redirect_uris: [`${origin}${signedOutPath}`],
    ...(id === 'self-service' && {
      backchannel_logout_uri: `${origin}${backChannelPath}`,
      backchannel_logout_session_required: true,
    }),
    response_types: ['code' as const],
    grant_types: ['authorization_code'],
    scope: 'openid profile ssn authority',
  }))
}

/** The first language that was asked for and that we have. */
function languageAsked(ctx: KoaContextWithOIDC) {
  const asked = ctx.oidc?.params?.['ui_locales'] ?? ctx.query['ui_locales']
  return languageOf(`/${typeof asked === 'string' ? asked.split(' ')[0] : ''}`)
}
