/** The links of the main menu that lead to what concerns oneself. */

import type { Language } from '#base/text.ts'
import { ownPathsIn } from '#self-service/own/paths.ts'
import type { NavLink } from '#web/layout.ts'
import { sayIn } from '#web/say.ts'

/** In the main menu; what lies below one of them counts as being there. */
export function ownLinks(language: Language, here: string): readonly NavLink[] {
  const say = sayIn(language)
  const { cases, data, whoLooked, powers } = ownPathsIn(language)
  const [path = ''] = here.split('?')
  const isBelow = (start: string) => path === start || path.startsWith(`${start}/`)
  return [
    { href: cases, text: say({ da: 'Dine sager', en: 'Your cases' }) },
    { href: data, text: say({ da: 'Dine oplysninger', en: 'Your data' }) },
    {
      href: whoLooked,
      text: say({ da: 'Hvem har set dine oplysninger', en: 'Who has seen your data' }),
    },
    { href: powers, text: say({ da: 'Fuldmagter', en: 'Powers of attorney' }) },
  ].map((link) => ({ ...link, isHere: isBelow(link.href) }))
}
