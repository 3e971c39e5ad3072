/** One question of a report as a page: what is asked, what was answered, and what is wrong with it. */

import { type Html, html, type Part } from '#base/html.ts'
import type { Field } from '#incident/fields.ts'
import type { Refusal } from '#incident/refusal.ts'
import type { Lists } from '#self-service/lists.ts'
import type { Paths } from '#self-service/paths.ts'
import type { AddressItem } from '#self-service/report/addresses.ts'
import type { Answers, Draft } from '#self-service/report/draft.ts'
import { besideAddress, type PlannedPage, textOf } from '#self-service/report/plan.ts'
import type { Content } from '#web/layout.ts'
import { actions, backLink, button, form, hidden } from '#web/parts/actions.ts'
import {
  checkboxes,
  type DayParts,
  dateInput,
  radios,
  select,
  textInput,
} from '#web/parts/fields.ts'
import { alert, errorSummary, type Fault, faultAt } from '#web/parts/messages.ts'
import type { Say } from '#web/say.ts'

export type QuestionView = {
  readonly say: Say
  readonly paths: Paths
  readonly page: PlannedPage
  readonly draft: Draft
  readonly key: string
  /** The heading of the whole report. */
  readonly title: string
  readonly back: string
  readonly steps: Html
  readonly lists: Lists
  readonly refusals: readonly Pick<Refusal, 'field' | 'text'>[]
  /** What of this question is shown, as `writeSeen` has it. */
  readonly seen: string
  /** Said above the form. */
  readonly notice?: Html
  /** Addresses to choose from, where what was written fits several. */
  readonly found?: readonly AddressItem[] | undefined
}

export function questionContent(view: QuestionView): Content {
  const { say, paths, page, draft, key, refusals } = view
  const faults = refusals.map(({ field, text }): Fault => {
    return { id: controlOf(page, field), text: say(text) }
  })
  const here = paths.page(draft.type, key, page.name)
  const cancelTo = paths.cancel(draft.type, key)
  return {
    title: `${say(page.title)} – ${view.title}`,
    hasErrors: faults.length > 0,
    scripts: page.kind === 'address' ? ['address-search.js'] : [],
    body: html`${backLink(say, view.back)}
<div class="site-with-steps">${view.steps}<div class="site-form">
<p class="site-report-title">${view.title}</p>
${registeredPart(draft, say)}
${errorSummary(say, faults)}${view.notice}
${form(here, html`${hidden('seen', view.seen)}${controls(view, faults)}${actions(button({ text: say(next) }))}`)}
${form(cancelTo, html`<button class="function-link" type="submit">${say(cancel)}</button>`, { class: 'site-cancel' })}
</div></div>`,
  }
}

/** What the register has, and is therefore not asked: nothing where it tells nobody. */
function registeredPart({ name, homeText }: Draft, say: Say): Part {
  if (homeText === undefined) return html`<p class="site-report-who">${name}</p>`
  const at = say({ da: `Adresse i CPR nu: ${homeText}`, en: `Address in CPR now: ${homeText}` })
  return html`<p class="site-report-who">${name}<br>${at}</p>`
}

const next = { da: 'Næste', en: 'Next' }
const cancel = {
  da: 'Fortryd, og slet det, du har skrevet',
  en: 'Cancel and delete what you wrote',
}

/** The control that a refusal is about; the first of the page where its field is not asked here. */
function controlOf(page: PlannedPage, field: string | undefined): string | undefined {
  const beside = page.kind === 'address' ? besideAddress(page) : []
  if (beside.some(([name]) => name === field)) return field
  if (page.kind === 'address') return field === 'municipality' ? 'municipality' : 'address'
  if (page.kind !== 'fields') return page.name
  return page.fields.some(([name]) => name === field) ? field : page.fields[0]?.[0]
}

function controls(view: QuestionView, faults: readonly Fault[]): Part {
  const { say, page, draft, lists } = view
  const hint = page.hint && say(page.hint)
  const alone = { label: say(page.title), hint, asHeading: true }
  const { answers } = draft
  if (page.kind === 'date') {
    const value = dayOf(textOf(answers['date']))
    return dateInput(say, {
      ...alone,
      id: 'date',
      name: 'date',
      value,
      error: faultAt(faults, 'date'),
    })
  }
  if (page.kind === 'municipality') {
    return select(say, { ...alone, ...placeField(view, faults), options: lists.municipalities })
  }
  if (page.kind === 'address') return addressControls(view, faults)
  const [only, ...others] = page.fields
  if (only && others.length === 0) {
    return control(view, only, { ...alone, error: faultAt(faults, only[0]) })
  }
  return html`<h1>${say(page.title)}</h1>${hint && html`<p class="form-hint">${hint}</p>`}${page.fields.map(
    (each) => labelled(view, each, faults),
  )}`
}

/** One of several on a page, under its own label. */
function labelled(
  view: QuestionView,
  each: readonly [string, Field],
  faults: readonly Fault[],
): Html {
  const [name, field] = each
  return control(view, each, {
    label: view.say(field.label),
    hint: field.hint && view.say(field.hint),
    optional: field.optional ?? false,
    error: faultAt(faults, name),
  })
}

type Texts = {
  readonly label: string
  readonly hint?: string | undefined
  readonly optional?: boolean
  readonly asHeading?: boolean
  readonly error?: string | undefined
}

/** Total over the kinds of field. */
function control(
  { say, draft, lists }: QuestionView,
  [name, field]: readonly [string, Field],
  texts: Texts,
): Html {
  const own = { ...texts, id: name, name }
  const text = textOf(draft.answers[name])
  switch (field.kind) {
    case 'date':
      return dateInput(say, { ...own, value: dayOf(text) })
    case 'choice': {
      const options = Object.entries(field.options).map(([value, option]) => ({
        value,
        text: say(option.text),
      }))
      // A mark that may be left out is ticked or not; one of several can always be chosen anew.
      return field.optional && options.length === 1
        ? checkboxes(say, { ...own, values: [text], options })
        : radios(say, { ...own, value: text, options })
    }
    case 'persons': {
      const options = draft.candidates[name] ?? []
      return checkboxes(say, { ...own, options, values: listOf(draft.answers[name]) })
    }
    case 'code': {
      const options = field.list === 'country' ? lists.countries : lists.municipalities
      return select(say, { ...own, value: text, nothing: say(choose), options })
    }
    case 'text':
      return textInput(say, { ...own, value: text, lengthMax: undefined, width: 'l' })
    case 'pnr':
    case 'number':
    case 'time':
      return textInput(say, { ...own, value: text, digits: true, width: 's' })
    case 'house':
    case 'floor':
    case 'door':
      return textInput(say, { ...own, value: text, width: 's' })
    default:
      return field satisfies never
  }
}

const choose = { da: 'Vælg', en: 'Choose' }

function placeField({ say, draft }: QuestionView, faults: readonly Fault[]) {
  return {
    ...{ id: 'municipality', name: 'municipality', nothing: say(choose) },
    value: textOf(draft.answers['municipality']) || (draft.home?.municipality.code ?? ''),
    error: faultAt(faults, 'municipality'),
  }
}

/** With a script it completes as one types; without, it lists what fits when it is sent. */
function addressControls(view: QuestionView, faults: readonly Fault[]): Html {
  const { say, page, draft, lists, found, paths } = view
  const error = faultAt(faults, 'address')
  const written = textOf(draft.answers['addressText'])
  const before = chosenOf(draft.answers)
  const listed =
    found &&
    found.length > 0 &&
    radios(say, {
      ...{ id: 'address-choice', name: 'choice', options: found },
      label: say({ da: 'Vælg adressen', en: 'Choose the address' }),
    })
  return html`<h1>${say(page.title)}</h1>${page.hint && html`<p class="form-hint">${say(page.hint)}</p>`}
${select(say, {
  ...placeField(view, faults),
  label: say({ da: 'Kommune', en: 'Municipality' }),
  options: lists.municipalities,
})}
${textInput(say, {
  ...{ id: 'address', name: 'addressText', value: written, error, width: 'l' },
  label: say({ da: 'Adresse', en: 'Address' }),
  hint: say({
    da: 'Vejens navn, husnummer, etage og dør. For eksempel: Skovvej 12, 2. tv',
    en: 'Road name, house number, floor and door. For example: Skovvej 12, 2. tv',
  }),
  data: {
    'data-complete-at': paths.addresses,
    'data-none': say({ da: 'Ingen adresse begynder sådan', en: 'No address starts like this' }),
    'data-count': say({ da: 'forslag', en: 'suggestions' }),
  },
})}
${hidden('choiceBefore', before)}${listed || hidden('choice', before)}
${besideAddress(page).map((each) => labelled(view, each, faults))}`
}

/** The address that was chosen before, as it is sent. */
export function chosenOf(answers: Answers): string {
  const parts = ['road', 'house', 'floor', 'door'].map((name) => textOf(answers[name]))
  return parts[0] ? parts.join('|') : ''
}

function dayOf(text: string): DayParts {
  const [year = '', month = '', day = ''] = text.split('-')
  return { year, month, day }
}

function listOf(answer: Answers[string]): readonly string[] {
  return typeof answer === 'string' ? [answer] : (answer ?? [])
}

/** What stands in the way of the whole report, as that somebody has emigrated: nothing to answer. */
export function stopContent(
  say: Say,
  title: string,
  texts: readonly string[],
  home: string,
): Content {
  const heading = say({ da: 'Det kan ikke anmeldes her', en: 'This cannot be reported here' })
  return {
    title: heading,
    body: html`<p class="site-report-title">${title}</p><h1>${heading}</h1>
${texts.map((text) => alert(say, 'info', { heading: text }))}
<p><a class="button button-primary" href="${home}">${say({ da: 'Til forsiden', en: 'Go to the home page' })}</a></p>`,
  }
}
