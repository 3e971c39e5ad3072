/** What stands round every page of the desk. */

import type { Language } from '#base/text.ts'
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
  const queue = paths.queue(language)
  const isHere = here.split('?', 1)[0] === queue
  return {
    site,
    language,
    here,
    links: [{ href: queue, text: say({ da: 'Sager', en: 'Cases' }), isHere }],
    person: {
      name: `${session.personCode} · ${session.authority}`,
      signOutTo: paths.signOut(language),
    },
  }
}
