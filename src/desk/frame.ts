/** What stands round every page of the desk. */

import type { Language } from '#base/text.ts'
import { authorityName } from '#desk/authorities.ts'
import { paths } from '#desk/paths.ts'
import type { DeskSession } from '#desk/session.ts'
import type { Frame, Site } from '#web/layout.ts'
import { sayIn } from '#web/say.ts'

const site: Site = {
  name: { da: 'Sagsbehandling', en: 'Case desk' },
  owner: { da: 'Folkeregistret', en: 'Population register' },
  home: (language) => paths.queue(language),
  about: (say, language) => [
    {
      href: paths.accessibility(language),
      text: say({ da: 'Tilgængelighedserklæring', en: 'Accessibility statement' }),
    },
  ],
}

/** `session` is left out where nobody is signed in. */
export function frameOf(language: Language, here: string, session?: DeskSession): Frame {
  const say = sayIn(language)
  if (session === undefined) return { site, language, here, links: [] }
  const path = here.split('?', 1)[0] ?? ''
  const queue = paths.queue(language)
  const policies = paths.policies(language)
  const figures = paths.figures(language)
  return {
    site,
    language,
    here,
    links: [
      { href: queue, text: say({ da: 'Sager', en: 'Cases' }), isHere: path === queue },
      {
        href: policies,
        text: say({ da: 'Automatiske afgørelser', en: 'Automatic decisions' }),
        isHere: path === policies,
      },
      { href: figures, text: say({ da: 'Tal', en: 'Figures' }), isHere: path === figures },
    ],
    person: {
      name: `${session.personCode} · ${authorityName(session.authority)}`,
      signOutTo: paths.signOut(language),
    },
  }
}
