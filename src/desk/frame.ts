/** What stands round every page of the desk. */

import type { Language, Text } from '#base/text.ts'
import { authorityName } from '#desk/authorities.ts'
import { paths } from '#desk/paths.ts'
import type { DeskRight, DeskSession, DeskSessions } from '#desk/session.ts'
import type { Frame, Site } from '#web/layout.ts'
import { sayIn } from '#web/say.ts'

const site: Site = {
  name: { da: 'Sagsbehandling', en: 'Case desk' },
  owner: { da: 'Folkeregistret', en: 'Population register' },
  home: (language) => paths.queue(language),
  isDense: true,
  about: (say, language) => [
    {
      href: paths.accessibility(language),
      text: say({ da: 'Tilgængelighedserklæring', en: 'Accessibility statement' }),
    },
  ],
}

const askedText = { da: 'Spørgsmål til dig', en: 'Questions to you' }
const policiesText = { da: 'Automatiske afgørelser', en: 'Automatic decisions' }

/** Who is signed in, and how long that lasts if nothing is done. */
export type SignedIn = { readonly session: DeskSession; readonly endsInS: number }

/** To whoever these cookies sign in, or nobody. */
export function frameFor(
  sessions: DeskSessions,
  language: Language,
  here: string,
  cookies: string | undefined,
): Frame {
  const session = sessions.find(cookies)
  return frameOf(language, here, session && { session, endsInS: sessions.endsInS(session) })
}

/** `signedIn` is left out where nobody is. */
export function frameOf(language: Language, here: string, signedIn?: SignedIn): Frame {
  const say = sayIn(language)
  if (signedIn === undefined) return { site, language, here, links: [] }
  const { session, endsInS } = signedIn
  const path = here.split('?', 1)[0] ?? ''
  const link = (href: string, text: Text, right?: DeskRight) =>
    right === undefined || session.rights.includes(right)
      ? [{ href, text: say(text), isHere: path === href, isWithin: isWithin(path, href) }]
      : []
  return {
    site,
    language,
    here,
    links: [
      ...link(paths.queue(language), { da: 'Sager', en: 'Cases' }, 'list-pending'),
      ...link(paths.closed(language), { da: 'Afsluttet', en: 'Closed' }, 'list-pending'),
      ...link(paths.letters(language), { da: 'Breve', en: 'Letters' }, 'send-letters'),
      ...link(paths.policies(language), policiesText, 'list-policies'),
      ...link(paths.figures(language), { da: 'Tal', en: 'Figures' }, 'read-figures'),
      ...link(paths.reviews(language), { da: 'Logkontrol', en: 'Log review' }, 'review-log'),
      ...link(paths.askedLooks(language), askedText, 'explain-look'),
      ...link(paths.access(language), { da: 'Din adgang', en: 'Your access' }),
    ],
    person: {
      name: `${session.personCode} · ${authorityName(session.authority)}`,
      signOutTo: paths.signOut(language),
    },
    idle: {
      endsInS,
      extendAt: paths.stay(language),
      endedAt: paths.signIn(language, { next: here, note: 'idle' }),
    },
  }
}

/** A case and a bulk belong to the queue, every other page to the link that its path begins with. */
function isWithin(path: string, href: string): boolean {
  const [, language, first] = path.split('/')
  const home = `/${language}/`
  const isOfQueue = first === 'cases' || first === 'bulk' || first === 'next'
  return href === home ? isOfQueue : path.startsWith(`${href}/`)
}
