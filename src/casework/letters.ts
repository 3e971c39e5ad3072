/** Letters that tell of a decision, and of a protection that ends; in both languages. Pure. */

import type { PlainDate } from '#base/calendar.ts'
import { type Random, timedId } from '#base/ids.ts'
import type { Letter, Moment } from '#casework/hearings.ts'
import type { Outcome } from '#casework/outcomes.ts'
import { type IncidentRecord, rejectionReasons } from '#casework/record.ts'

/** Where several are in it, and not all have been decided on (DESK-3). */
const inPart = {
  da: ' Det gælder nogle af personerne; de andre afgøres for sig.',
  en: ' This is for some of the persons; the others are decided on by themselves.',
}
const approved = {
  da: 'Din anmeldelse er godkendt og registreret.',
  en: 'Your report has been approved and registered.',
}
/** DESK-5: the reason and where to complain; the old registration stands. */
const appeal = {
  da: 'Registret står som før. Du kan klage over afgørelsen til kommunen, der sender klagen videre.',
  en: 'The register stands as before. You can appeal to the municipality, which passes it on.',
}

export function decisionLetters(
  record: IncidentRecord,
  { decision, reason }: Outcome,
  { at, random }: { readonly at: Date; readonly random: Random },
): readonly Letter[] {
  const title = reason && rejectionReasons[reason.code]
  const rejected = {
    da: `Din anmeldelse er afvist: ${title?.da}. ${reason?.text} ${appeal.da}`,
    en: `Your report has been rejected: ${title?.en}. ${reason?.text} ${appeal.en}`,
  }
  const { da, en } = decision === 'approved' ? approved : rejected
  const rest = record.state === 'pending' ? inPart : { da: '', en: '' }
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

/**
 * PROT-1: 30 days before it lapses. Where nobody could write it in time, the person is at least
 * told that it has lapsed.
 */
export function endingLetter(
  recipient: string,
  until: PlainDate,
  { at, today, random }: Moment,
): Letter {
  const text =
    until > today
      ? {
          da: `Din navne- og adressebeskyttelse ophører ${until}. Søg kommunen om at forlænge den, hvis den skal fortsætte.`,
          en: `Your name and address protection ends on ${until}. Apply to the municipality to extend it, if it is to go on.`,
        }
      : {
          da: `Din navne- og adressebeskyttelse ophørte ${until}. Søg kommunen om en ny, hvis du skal være beskyttet.`,
          en: `Your name and address protection ended on ${until}. Apply to the municipality for a new one, if you are to be protected.`,
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
