/** What every page of the citizens' site is shown in. */

import type { Language } from '#base/text.ts'
import { ownLinks } from '#self-service/own/links.ts'
import { ownPathsIn } from '#self-service/own/paths.ts'
import { pathsIn } from '#self-service/paths.ts'
import { endsInS, type Session } from '#self-service/session.ts'
import type { Frame, Site } from '#web/layout.ts'
import { sayIn } from '#web/say.ts'

function siteOf(isSandbox: boolean): Site {
  return {
    name: { da: 'Folkeregister – selvbetjening', en: 'Population register – self-service' },
    owner: { da: 'Din kommunes folkeregister', en: 'Your municipality’s population register' },
    ...(isSandbox && {
      notice: {
        da: 'Sandkasse: alle personer og adresser her er opdigtede.',
        en: 'Sandbox: all people and addresses here are invented.',
      },
    }),
    home: (language) => pathsIn(language).home,
    about: (say, language) => [
      {
        href: pathsIn(language).accessibility,
        text: say({ da: 'Tilgængelighedserklæring', en: 'Accessibility statement' }),
      },
    ],
  }
}

export function frameFor(
  isSandbox: boolean,
  language: Language,
  here: string,
  session?: Session,
): Frame {
  const say = sayIn(language)
  const paths = pathsIn(language)
  const site = siteOf(isSandbox)
  if (session === undefined) return { site, language, here, links: [] }
  const isHere = (path: string) => here.split('?')[0] === path
  return {
    site,
    language,
    here,
    links: [
      { href: paths.home, text: say({ da: 'Forside', en: 'Home' }), isHere: isHere(paths.home) },
      ...ownLinks(language, here),
    ],
    person: {
      name: session.name,
      signOutTo: paths.signOut,
      signInsAt: ownPathsIn(language).signIns,
    },
    idle: { endsInS: endsInS(session), extendAt: paths.extend, endedAt: paths.expired },
  }
}
