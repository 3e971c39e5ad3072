/**
 * Purposes: why personal data are used at all, as the record of processing must say it (GDPR
 * article 30). Every call of every door names one of these. Plain words, no rights.
 */

import type { TimeLimit } from '#access/time-limits.ts'

type PurposeRow = {
  readonly title: string
  readonly why: string
  readonly basis: string
  /** Whose data: the categories of persons. */
  readonly persons: string
  /** Which data: the categories. */
  readonly data: string
  readonly receivers: string
  /** What is kept for it; how long stands with each. */
  readonly kept: readonly TimeLimit[]
}

const duty = 'GDPR art. 6(1)(c) and (e); databeskyttelsesloven § 11'
const accountability = 'GDPR art. 5(1)(f), 5(2), 24 and 32'
const users = 'Employees and systems with a person code'

export const purposes = {
  report: {
    title: 'Reports by and for citizens',
    why: 'A citizen, or an authority for them, reports a change that the register must have.',
    basis: `CPR-loven § 12 (moves) and § 28 (protection); ${duty}`,
    persons: 'Registered persons, their household, those who are asked',
    data: 'Number, name, address, status, protections, and what is reported',
    receivers: 'The municipality that decides; the CPR Office where it helps',
    kept: ['unsaved-report', 'ended-report', 'saved-report'],
  },
  decide: {
    title: 'Decisions and registrations by authorities',
    why: 'The competent authority sees what waits for it, decides, and registers.',
    basis: `CPR-loven § 10 and § 12; ${duty}; forvaltningsloven`,
    persons: 'Registered persons, their household, those who were asked',
    data: 'Number, name, address, status, protections, the report, answers and reasons',
    receivers: 'The reporter; the persons concerned, by letter; receivers of events',
    kept: ['saved-report', 'register', 'change-log'],
  },
  hear: {
    title: 'Hearings before a decision',
    why: 'Who shares the dwelling, owns it or has custody is asked before it is decided.',
    basis: `CPR-loven § 10(5); ${duty}; forvaltningsloven § 19`,
    persons: 'Those who are asked, and those they are asked about',
    data: 'Number, name where it is not protected, the question and the answer',
    receivers: 'The authority that decides',
    kept: ['saved-report', 'change-log'],
  },
  question: {
    title: 'Questions to the register',
    why: 'Somebody with an errand asks for one person, by number and with a purpose.',
    basis: `CPR-loven, chapters on disclosure to authorities and private parties; ${duty}`,
    persons: 'Registered persons',
    data: 'Master data, by the field set of the one who asks',
    receivers: 'The authority or provider that asks',
    kept: ['read-log'],
  },
  events: {
    title: 'Telling receivers that something happened',
    why: 'Authorities keep their own data right, and are told when to ask anew.',
    basis: `CPR-loven, chapters on disclosure; ${duty}`,
    persons: 'Registered persons of the subscribed municipalities',
    data: 'Number, kind of event, day; never what it was changed to',
    receivers: 'Authorities with a subscription; private ones nothing of the protected',
    kept: ['register'],
  },
  'log-control': {
    title: 'Control of the log',
    why: 'A sample of what employees read is judged, and signed off by two persons.',
    basis: accountability,
    persons: 'Employees, and those whose data they read',
    data: 'Who, when, why, whose number, and the judgement',
    receivers: 'The log reviewers of the same authority',
    kept: ['log-review', 'employee'],
  },
  administration: {
    title: 'Administration of person codes',
    why: 'Person codes are given, changed and taken.',
    basis: accountability,
    persons: users,
    data: 'Person code, name of the user or system, authority, group, state, instants',
    receivers: 'Administrators of the authority; the CPR Office',
    kept: ['person-code', 'code-log', 'change-log'],
  },
  'sign-on': {
    title: 'Sign-on',
    why: 'Who calls is known before anything is told, and every attempt is on record.',
    basis: accountability,
    persons: users,
    data: 'Person code, network address, instant, outcome; hashes of password and token',
    receivers: 'None',
    kept: ['token', 'read-log'],
  },
  insight: {
    title: "A person's insight into own data",
    why: 'Citizens see what is registered about them, and who read it.',
    basis: 'GDPR art. 15; CPR-loven; C-579/21',
    persons: 'The person who asks',
    data: 'Own data, and of each read the day, the authority and the purpose',
    receivers: 'The person, through a provider',
    kept: ['read-log'],
  },
  keeping: {
    title: 'What a provider keeps between two requests',
    why:
      'A draft can be gone on with, a browser session ended everywhere, an authority revoked; a ' +
      'case worker finds the views of the queue that they saved.',
    basis: `${accountability}; on behalf of the provider, which can read it alone`,
    persons: 'Citizens who use the provider, who may act for them; case workers',
    data: 'Numbers of those concerned; content that the server cannot read',
    receivers: 'The provider that stored it',
    kept: ['draft', 'browser-session', 'power-of-attorney', 'saved-views'],
  },
  'public-information': {
    title: 'What everybody may know',
    why: 'The catalogue, the contract, the texts of receipts.',
    basis: 'No personal data',
    persons: 'None',
    data: 'None',
    receivers: 'Everybody',
    kept: [],
  },
  operation: {
    title: 'Running the server',
    why: 'Whether it works, and how well.',
    basis: 'No personal data',
    persons: 'None',
    data: 'None',
    receivers: 'The operator',
    kept: [],
  },
} as const satisfies { readonly [name: string]: PurposeRow }

export type Purpose = keyof typeof purposes
