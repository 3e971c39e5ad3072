/** What was sent from a page of a report, as answers; and an address as what it stands for. */

import type { Clients } from '#self-service/clients.ts'
import { findDwelling, findRoadName, searchAddresses } from '#self-service/report/addresses.ts'
import type { Answers, Draft } from '#self-service/report/draft.ts'
import { besideAddress, type PlannedPage, textOf } from '#self-service/report/plan.ts'
import type { Tools } from '#self-service/settings.ts'
import type { Form } from '#web/form.ts'

const textMax = 400
const personsMax = 50

/** By field name; a date as 'year-month-day' however it was written. */
export async function readAnswers(
  { clients }: Pick<Tools, 'clients'>,
  page: PlannedPage,
  form: Form,
  draft: Draft,
): Promise<Answers> {
  const written = readWritten(page, form)
  return page.kind === 'address'
    ? { ...written, ...(await readAddress(clients.json, form, draft)) }
    : written
}

/** As it was written; what an address stands for is not asked. */
export function readWritten(page: PlannedPage, form: Form): Answers {
  if (page.kind === 'date') return { date: dayIn(form, 'date') }
  const place = form.one('municipality').slice(0, 4)
  if (page.kind === 'municipality') return { municipality: place }
  if (page.kind === 'fields') return readFields(page.fields, form)
  const addressText = form.one('addressText').slice(0, textMax)
  return { municipality: place, addressText, ...readFields(besideAddress(page), form) }
}

function readFields(fields: PlannedPage['fields'], form: Form): Answers {
  return Object.fromEntries(
    fields.map(([name, { kind }]) => [
      name,
      kind === 'date'
        ? dayIn(form, name)
        : kind === 'persons'
          ? form.all(name).slice(0, personsMax)
          : form.one(name).slice(0, textMax),
    ]),
  )
}

function dayIn(form: Form, name: string): string {
  const part = (of: string) => form.one(`${name}-${of}`).trim().replaceAll('-', '').slice(0, 4)
  const parts = [part('year'), part('month'), part('day')]
  return parts.every((each) => each === '') ? '' : parts.join('-')
}

const noAddress = { road: '', house: '', floor: '', door: '', addressLabel: '' }

/** The dwelling that was chosen, or the only one that fits what was written. */
async function readAddress(json: Clients['json'], form: Form, draft: Draft): Promise<Answers> {
  const municipality = form.one('municipality').slice(0, 4)
  const written = form.one('addressText').slice(0, textMax)
  const answers = { municipality, addressText: written }
  const choice = form.one('choice')
  const isAnew = written !== textOf(draft.answers['addressText'])
  // A choice among the found ones counts; the one from before only when nothing else was written.
  const isStale = isAnew && choice === form.one('choiceBefore')
  const found =
    choice === '' || isStale ? undefined : await findDwelling(json, municipality, choice)
  if (found) return { ...answers, ...chosen(found) }
  const road = await findRoadName(json, municipality, choice)
  if (road !== undefined) return { ...answers, ...noAddress, addressText: `${road} ` }
  const fits = await searchAddresses(json, municipality, written)
  const [only] = fits
  const dwelling =
    only && fits.length === 1 ? await findDwelling(json, municipality, only.value) : undefined
  return { ...answers, ...(dwelling ? chosen(dwelling) : noAddress) }
}

function chosen(found: NonNullable<Awaited<ReturnType<typeof findDwelling>>>): Answers {
  const { parts, text } = found
  return { ...parts, addressText: text, addressLabel: text }
}
