/** What went wrong, as a page in plain words: what it means and what to do. Knows no program. */

import { html } from '#base/html.ts'
import type { Language, Text } from '#base/text.ts'
import { holdsSecret, type KeptForm, keptForm } from '#web/kept-form.ts'
import type { Content } from '#web/layout.ts'
import { sayIn } from '#web/say.ts'

export type ProblemKind =
  | 'unknown'
  | 'denied'
  | 'foreign'
  | 'others'
  | 'bad'
  | 'large'
  | 'busy'
  | 'unavailable'
  | 'maintenance'
  | 'fault'

export const problemStatus: Readonly<Record<ProblemKind, number>> = {
  unknown: 404,
  denied: 403,
  foreign: 403,
  others: 403,
  bad: 400,
  large: 413,
  busy: 429,
  unavailable: 503,
  maintenance: 503,
  fault: 500,
}

type Texts = { readonly title: Text; readonly what: Text; readonly next: Text }

const texts: Readonly<Record<ProblemKind, Texts>> = {
  unknown: {
    title: { da: 'Siden findes ikke', en: 'The page does not exist' },
    what: {
      da: 'Adressen kan være skrevet forkert, eller siden kan være flyttet eller fjernet.',
      en: 'The address may be misspelt, or the page may have been moved or removed.',
    },
    next: { da: 'Begynd fra forsiden.', en: 'Start again from the home page.' },
  },
  denied: {
    title: { da: 'Det har du ikke adgang til', en: 'You have no access to this' },
    what: {
      da: 'Din personkode giver ikke ret til denne side. Intet er sket.',
      en: 'Your person code gives no right to this page. Nothing has happened.',
    },
    next: {
      da: 'Skal du bruge den, så spørg kommunens brugeradministrator.',
      en: 'If you need it, ask the administrator of your municipality.',
    },
  },
  foreign: {
    title: {
      da: 'Vi kunne ikke tage imod det, du sendte',
      en: 'We could not accept what you sent',
    },
    what: {
      da: 'Det kom ikke fra en af vores egne sider. Derfor er intet sket.',
      en: 'It did not come from one of our own pages. So nothing has happened.',
    },
    next: {
      da: 'Gå til forsiden, og prøv igen derfra.',
      en: 'Go to the home page and try again from there.',
    },
  },
  others: {
    title: { da: 'En anden er logget ind nu', en: 'Somebody else is signed in now' },
    what: {
      da: 'Siden var vist for en anden end den, der nu er logget ind i denne browser. Derfor er intet sendt.',
      en: 'The page was shown to somebody else than is now signed in at this browser. So nothing was sent.',
    },
    next: {
      da: 'Var det dig, siden var vist for? Log den anden af, log selv ind igen, og begynd fra forsiden.',
      en: 'Was the page shown to you? Sign the other person out, sign in yourself, and start from the home page.',
    },
  },
  bad: {
    title: { da: 'Vi forstod ikke det, der blev sendt', en: 'We did not understand what was sent' },
    what: {
      da: 'Din browser sendte noget, som vi ikke kunne læse. Intet er sket.',
      en: 'Your browser sent something we could not read. Nothing has happened.',
    },
    next: { da: 'Gå tilbage, og prøv igen.', en: 'Go back and try again.' },
  },
  large: {
    title: { da: 'Det var for meget på én gang', en: 'That was too much at once' },
    what: {
      da: 'Du har sendt mere tekst, end siden kan tage imod. Intet er sket.',
      en: 'You sent more text than the page can take. Nothing has happened.',
    },
    next: {
      da: 'Gå tilbage, skriv det kortere, og prøv igen.',
      en: 'Go back, write less and try again.',
    },
  },
  busy: {
    title: { da: 'Vent et øjeblik', en: 'Please wait a moment' },
    what: {
      da: 'Der er kommet for meget på kort tid fra dig eller fra dit netværk. Det, du lige bad om, er ikke sket; det, du har gemt, er der stadig.',
      en: 'Too much has come in a short time from you or from your network. What you just asked for has not happened; what you have saved is still there.',
    },
    next: {
      da: 'Vent et øjeblik, og indlæs siden igen.',
      en: 'Wait a moment and load the page again.',
    },
  },
  unavailable: {
    title: { da: 'CPR svarer ikke lige nu', en: 'CPR does not answer right now' },
    what: {
      da: 'Vi kan ikke få forbindelse med CPR. Intet af det, du har skrevet, er gået tabt.',
      en: 'We cannot reach CPR. Nothing that you have written is lost.',
    },
    next: {
      da: 'Vent et øjeblik, og indlæs siden igen.',
      en: 'Wait a moment and load the page again.',
    },
  },
  maintenance: {
    title: { da: 'Lukket for vedligeholdelse', en: 'Closed for maintenance' },
    what: {
      da: 'Selvbetjeningen er lukket et stykke tid. Det, du har gemt, er der stadig bagefter.',
      en: 'The service is closed for a while. What you have saved will still be there.',
    },
    next: { da: 'Prøv igen senere.', en: 'Try again later.' },
  },
  fault: {
    title: { da: 'Noget gik galt hos os', en: 'Something went wrong at our end' },
    what: {
      da: 'Fejlen er vores, og den er noteret. Det, du har gemt, er ikke gået tabt.',
      en: 'The fault is ours, and it has been noted. Nothing that you have saved is lost.',
    },
    next: {
      da: 'Prøv igen. Sker det igen, så kontakt os og opgiv referencen.',
      en: 'Try again. If it happens again, contact us and give the reference.',
    },
  },
}

/** What a form of before is sent again after: these pass, and nothing of what was sent is wrong. */
const passes: readonly ProblemKind[] = ['busy', 'unavailable', 'maintenance', 'fault']

const sendAgain = {
  da: 'Det, du skrev, er stadig her på siden. Vent et øjeblik, og send det igen.',
  en: 'What you wrote is still here on this page. Wait a moment and send it again.',
}
const harmless = {
  da: 'Det gør ikke noget, at du sender det samme to gange.',
  en: 'It does no harm to send the same twice.',
}

/** What was sent when it went wrong; `isOnce` where it is done once, however often it is sent. */
type SentForm = KeptForm & { readonly isOnce: boolean }

export function problemContent(
  kind: ProblemKind,
  language: Language,
  reference: string,
  form?: SentForm,
): Content {
  const say = sayIn(language)
  const { title, what, next } = texts[kind]
  const kept = form && passes.includes(kind) && !holdsSecret(form) ? form : undefined
  const home = say({ da: 'Til forsiden', en: 'Go to the home page' })
  return {
    title: say(title),
    body: html`<h1>${say(title)}</h1>
<p class="font-lead">${say(what)}</p>
<p>${say(kept ? sendAgain : next)}${kept?.isOnce && html` ${say(harmless)}`}</p>
<p class="site-reference">Reference: <strong>${reference}</strong></p>
${kept && keptForm(say, kept)}
<p><a class="button button-${kept ? 'secondary' : 'primary'}" href="/${language}/">${home}</a></p>`,
  }
}
