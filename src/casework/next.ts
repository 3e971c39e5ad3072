/** What happens next to an incident, and by when: in plain words for its reporter. Pure. */

import type { PlainDate } from '#base/calendar.ts'
import { sayDay } from '#base/day-words.ts'
import type { Text } from '#base/text.ts'
import type { Standing } from '#casework/answer.ts'
import { isOpen } from '#casework/hearings.ts'
import { fullAuthorityName } from '#register/authority-name.ts'

export type Next = { readonly text: Text; readonly by?: PlainDate | undefined }

export function nextOf(standing: Standing): Next {
  const { record, situation } = standing
  const { date } = record.keys
  switch (record.state) {
    case 'initiated':
      return said(
        'Udfyld oplysningerne, og lad dem kontrollere',
        'Fill in the data and have them checked',
      )
    case 'validated':
      return said(
        'Gem anmeldelsen, så kommunen modtager den',
        'Save the report so that the municipality receives it',
      )
    case 'pending':
      return waiting(standing)
    case 'returned':
      return {
        ...said(
          'Ret anmeldelsen, få den kontrolleret, og gem den igen',
          'Amend the report, have it checked and save it again',
        ),
        by: record.returned?.by,
      }
    case 'amended':
      return {
        ...said(
          'Gem den rettede anmeldelse, så kommunen modtager den',
          'Save the amended report so that the municipality receives it',
        ),
        by: record.returned?.by,
      }
    case 'approved':
      return situation.today < date
        ? {
            ...said(
              `Registreringen får virkning ${sayDay(date).da}`,
              `It takes effect on ${sayDay(date).en}`,
            ),
            by: date,
          }
        : said('Registreringen har virkning', 'It has taken effect')
    case 'rejected':
      return said(
        'Registret er ikke ændret. Begrundelsen siger hvorfor. Du kan klage inden fire uger fra den dag, du fik afgørelsen.',
        'The register has not changed. The reason says why. You can appeal within four weeks of receiving the decision.',
      )
    case 'withdrawn':
      return said(
        'Anmeldelsen er trukket tilbage, og registret er ikke ændret',
        'The report has been withdrawn, and the register has not changed',
      )
    case 'cancelled':
    case 'expired':
      return said('Intet er gemt. Begynd forfra.', 'Nothing was saved. Start again.')
    default:
      return record.state satisfies never
  }
}

/** By the last of the deadlines of those who are asked; the decision itself has none. */
function waiting({ record, situation, hearings }: Standing): Next {
  const code = record.authority
  const name = situation.findAuthority(code)?.name ?? code
  const authority = fullAuthorityName({ code, name })
  const deadlines = hearings.filter(isOpen).flatMap(({ deadline }) => deadline ?? [])
  return {
    text: {
      da: `${authority} afgør sagen. Indtil da ændres intet i registret.`,
      en: `${authority} decides. Until then nothing changes in the register.`,
    },
    by: deadlines.sort().at(-1),
  }
}

function said(da: string, en: string): Next {
  return { text: { da, en } }
}
