/** The letters that tell of a decision: one to the person it is about, in both languages. Pure. */

import { type Random, timedId } from '#base/ids.ts'
import type { Letter } from '#casework/hearings.ts'
import type { Outcome } from '#casework/outcomes.ts'
import { type IncidentRecord, rejectionReasons } from '#casework/record.ts'

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
  return [
    {
      id: timedId(at, random),
      at,
      recipient: record.keys.pnr,
      kind: decision,
      incidentId: record.id,
      text: decision === 'approved' ? approved : rejected,
    },
  ]
}
