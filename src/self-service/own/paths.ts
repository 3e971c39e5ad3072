/** The URLs of what persons see of themselves, or of whom they act for by a power of attorney. */

import type { Language } from '#base/text.ts'

/** `power` is the key of the power of attorney by which somebody acts; numbers are in no URL. */
export function ownPathsIn(language: Language, power?: string) {
  const of = (rest: string) => `/${language}${power === undefined ? '' : `/for/${power}`}${rest}`
  const own = (rest: string) => `/${language}${rest}`
  return {
    cases: of('/cases'),
    case: (id: string) => of(`/cases/${id}`),
    withdraw: (id: string) => of(`/cases/${id}/withdraw`),
    amend: (id: string) => of(`/cases/${id}/amend`),
    caseLetter: (id: string) => of(`/cases/${id}/letter`),
    asked: (id: string) => of(`/asked/${id}`),
    letters: of('/letters'),
    letter: (id: string) => of(`/letters/${id}`),
    data: of('/my-data'),
    child: (at: string) => of(`/my-data/child/${at}`),
    whoLooked: of('/who-looked'),
    actFor: of('/act'),
    children: own('/children'),
    signIns: own('/sign-ins'),
    endSignIn: (key: string) => own(`/sign-ins/${key}/end`),
    powers: own('/powers'),
    givePower: own('/powers/give'),
    revoke: (key: string) => own(`/powers/${key}/revoke`),
    deleteDraft: (key: string) => own(`/drafts/${key}/delete`),
  }
}

export type OwnPaths = ReturnType<typeof ownPathsIn>
