/** Letters that tell of a decision, and of a protection that ends; in both languages. Pure. */

import type { PlainDate } from '#base/calendar.ts'
import { sayDay } from '#base/day-words.ts'
import { type Random, timedId } from '#base/ids.ts'
import { sentence, type Text } from '#base/text.ts'
import type { Letter, LetterKind, Moment } from '#casework/hearings.ts'
import type { Outcome } from '#casework/outcomes.ts'
import type { IncidentRecord } from '#casework/record.ts'
import { rejectionReasons } from '#incident/rejection.ts'

/** What each kind of letter is about, where it is only told that it went out. */
export const letterTitles: { readonly [K in LetterKind]: Text } = {
  'hearing-question': { da: 'spørgsmål om en anmeldelse', en: 'a question about a report' },
  'hearing-to-reporter': { da: 'nogen bliver spurgt', en: 'somebody is being asked' },
  'hearing-reminder': { da: 'rykker for svar', en: 'a reminder to answer' },
  'hearing-silence': { da: 'svar mangler', en: 'an answer is missing' },
  'hearing-answered': { da: 'svar er kommet', en: 'an answer is in' },
  'hearing-ended': { da: 'svar er ikke længere nødvendigt', en: 'an answer is no longer needed' },
  approved: { da: 'anmeldelsen er godkendt', en: 'the report has been approved' },
  rejected: { da: 'anmeldelsen er afvist', en: 'the report has been rejected' },
  returned: { da: 'anmeldelsen skal rettes', en: 'the report is to be amended' },
  forwarded: { da: 'anmeldelsen er sendt videre', en: 'the report has been forwarded' },
  undone: { da: 'afgørelsen er taget tilbage', en: 'the decision has been taken back' },
  'protection-ends': { da: 'beskyttelsen ophører', en: 'the protection ends' },
}

/** Where several are in it, and not all have been decided on (DESK-3). */
const inPart = {
  da: ' Det gælder nogle af personerne; de andre afgøres for sig.',
  en: ' This is for some of the persons; the others are decided separately.',
}
const approved = {
  da: 'Din anmeldelse er godkendt og registreret.',
  en: 'Your report has been approved and registered.',
}
const nothingMore = { da: '', en: '' }

/** EMI-3, DESK-7: who is decided on by a machine is told so, and that a person can be asked. */
function byMachine({ da, en }: Text): Text {
  return {
    da: ` Afgørelsen er truffet automatisk efter kommunens regelsæt »${da}«. Du kan bede en medarbejder om at se på den.`,
    en: ` It was decided automatically under the municipality’s policy “${en}”. You can ask for a person to look at it.`,
  }
}

/** DESK-5 and CPR-loven § 56: the reason, where to appeal and by when; the register stands. */
const appeal = {
  da: 'Registret er ikke ændret. Du kan klage inden fire uger fra den dag, du fik afgørelsen. Skriv til kommunen. Fastholder den afgørelsen, sender den klagen videre til ministeriet.',
  en: 'The register has not changed. You can appeal within four weeks of receiving the decision. Write to the municipality. If it stands by its decision, it passes the appeal on to the ministry.',
}

type Deciding = {
  readonly at: Date
  readonly random: Random
  /** What the policy that decided is called; undefined where a person did. */
  readonly policy: Text | undefined
}

export function decisionLetters(
  record: IncidentRecord,
  { decision, reason }: Outcome,
  { at, random, policy }: Deciding,
): readonly Letter[] {
  const title = reason && rejectionReasons[reason.code]
  const why = reason && sentence(reason.text)
  const rejected = {
    da: `Din anmeldelse er afvist: ${title?.da}. ${why} ${appeal.da}`,
    en: `Your report has been rejected: ${title?.en}. ${why} ${appeal.en}`,
  }
  const { da, en } = decision === 'approved' ? approved : rejected
  const rest = record.state === 'pending' ? inPart : policy ? byMachine(policy) : nothingMore
  return [
    {
      id: timedId(at, random),
      at,
      recipient: record.keys.pnr,
      kind: decision,
      incidentId: record.id,
      text: { da: `${da}${rest.da}`, en: `${en}${rest.en}` },
    },
  ]
}

type Writing = { readonly at: Date; readonly random: Random }

function toReporter(
  { id: incidentId, keys }: IncidentRecord,
  kind: Letter['kind'],
  text: Text,
  { at, random }: Writing,
): Letter {
  return { id: timedId(at, random), at, recipient: keys.pnr, kind, incidentId, text }
}

/** What is to be amended, why, and by when. */
export function returnedLetter(
  record: IncidentRecord,
  {
    labels,
    text,
    by,
  }: { readonly labels: readonly Text[]; readonly text: string; readonly by: PlainDate },
  writing: Writing,
): Letter {
  const names = (language: 'da' | 'en') => labels.map((label) => label[language]).join(', ')
  const why = sentence(text)
  const day = sayDay(by)
  const said = {
    da: `Kommunen beder dig rette din anmeldelse: ${names('da')}. ${why} Ret den senest ${day.da}.`,
    en: `The municipality asks you to amend your report: ${names('en')}. ${why} Amend it by ${day.en}.`,
  }
  return toReporter(record, 'returned', said, writing)
}

export function forwardedLetter(
  record: IncidentRecord,
  { name, text }: { readonly name: string; readonly text: string | undefined },
  writing: Writing,
): Letter {
  const why = text === undefined ? '' : ` ${sentence(text)}`
  const said = {
    da: `Din anmeldelse er sendt videre til ${name}, som nu afgør sagen.${why}`,
    en: `Your report has been forwarded to ${name}, which now decides.${why}`,
  }
  return toReporter(record, 'forwarded', said, writing)
}

/** The letter that told of the decision is out: so this one must be as well. */
export function undoneLetter(record: IncidentRecord, writing: Writing): Letter {
  const said = {
    da: 'Afgørelsen af din anmeldelse er taget tilbage. Du får besked, når der er truffet en ny.',
    en: 'The decision on your report has been taken back. You will be told of the new one.',
  }
  return toReporter(record, 'undone', said, writing)
}

/**
 * PROT-1: 30 days before it lapses. Where nobody could write it in time, the person is at least
 * told that it has lapsed.
 */
export function endingLetter(
  recipient: string,
  until: PlainDate,
  { at, today, random }: Moment,
): Letter {
  const day = sayDay(until)
  const text =
    until > today
      ? {
          da: `Din navne- og adressebeskyttelse ophører ${day.da}. Søg kommunen om at forlænge den, hvis den skal fortsætte.`,
          en: `Your name and address protection ends on ${day.en}. Apply to the municipality to extend it, if it is to go on.`,
        }
      : {
          da: `Din navne- og adressebeskyttelse ophørte ${day.da}. Søg kommunen om en ny, hvis du skal være beskyttet.`,
          en: `Your name and address protection ended on ${day.en}. Apply to the municipality for a new one, if you are to be protected.`,
        }
  const concerns = until
  return {
    id: timedId(at, random),
    at,
    recipient,
    kind: 'protection-ends',
    incidentId: undefined,
    text,
    concerns,
  }
}
