/** Controls of a form in the markup of the design system: one label, hint and error each. */

import { attributes, classes, type Html, html } from '#base/html.ts'
import type { Say } from '#web/say.ts'

export type FieldTexts = {
  /** Of the control; the error summary links to it. */
  readonly id: string
  readonly label: string
  readonly hint?: string | undefined
  /** Why what was written is not accepted. */
  readonly error?: string | undefined
  readonly optional?: boolean
  /** The label is the heading of the page: a question that stands alone. */
  readonly asHeading?: boolean
}

type TextInput = FieldTexts & {
  readonly name: string
  readonly value?: string
  readonly type?: 'text' | 'password' | 'search'
  readonly lengthMax?: number | undefined
  readonly digits?: boolean
  readonly autocomplete?: string
  readonly width?: 'xs' | 's' | 'm' | 'l'
  /** Marks for a script, as 'data-complete-at'. */
  readonly data?: { readonly [name: `data-${string}`]: string }
}

export function textInput(say: Say, field: TextInput): Html {
  const { id, name, value, type = 'text', lengthMax, digits, autocomplete = 'off', width } = field
  const given = {
    ...{ type, id, name, value, maxlength: lengthMax, autocomplete },
    class: classes('form-input', width && `input-width-${width}`),
    inputmode: digits ? 'numeric' : undefined,
    ...described(field),
    ...field.data,
  }
  return html`<div class="${groupClass(field)}">${labelPart(say, field)}<input${attributes(given)}></div>`
}

/** Several lines of somebody's own words. */
export function textArea(
  say: Say,
  field: FieldTexts & {
    readonly name: string
    readonly value?: string
    readonly lengthMax?: number
    readonly rows?: number
    /** A single key that leads here, where the page has those. */
    readonly key?: string
  },
): Html {
  const { id, name, value = '', lengthMax, rows = 6, key } = field
  const shortcut = { 'aria-keyshortcuts': key }
  const own = { id, name, rows, maxlength: lengthMax, class: 'form-input', ...shortcut }
  const given = { ...own, ...described(field) }
  return html`<div class="${groupClass(field)}">${labelPart(say, field)}<textarea${attributes(given)}>${value}</textarea></div>`
}

export function select(
  say: Say,
  field: FieldTexts & {
    readonly name: string
    readonly value?: string
    /** The first choice, which chooses nothing. */
    readonly nothing: string
    readonly options: readonly { readonly value: string; readonly text: string }[]
  },
): Html {
  const { id, name, value } = field
  const options = [{ value: '', text: field.nothing }, ...field.options].map((option) => {
    const given = { value: option.value, selected: option.value === (value ?? '') }
    return html`<option${attributes(given)}>${option.text}</option>`
  })
  const given = { class: 'form-select', id, name, ...described(field) }
  return html`<div class="${groupClass(field)}">${labelPart(say, field)}<select${attributes(given)}>${options}</select></div>`
}

export type Choice = { readonly value: string; readonly text: string; readonly hint?: string }

type Choices = FieldTexts & {
  readonly name: string
  readonly options: readonly Choice[]
}

/** One of a few. Nothing is chosen beforehand unless it was chosen before. */
export function radios(say: Say, field: Choices & { readonly value?: string }): Html {
  const options = field.options.map((option, at) =>
    choicePart('radio', field, option, at, option.value === field.value),
  )
  return fieldset(say, field, options)
}

/** Any of several. */
export function checkboxes(
  say: Say,
  field: Choices & { readonly values: readonly string[] },
): Html {
  const options = field.options.map((option, at) =>
    choicePart('checkbox', field, option, at, field.values.includes(option.value)),
  )
  return fieldset(say, field, options)
}

function choicePart(
  kind: 'radio' | 'checkbox',
  { id, name }: Choices,
  { value, text, hint }: Choice,
  at: number,
  checked: boolean,
): Html {
  // The first has the group's own id, so that the error summary leads to it.
  const own = at === 0 ? id : `${id}-${at + 1}`
  const given = { type: kind, id: own, name, value, checked, class: `form-${kind}` }
  const says = { 'aria-describedby': hint && `${own}-hint` }
  return html`<div class="form-group-${kind}"><input${attributes({ ...given, ...says })}><label class="form-label" for="${own}">${text}</label>${hint && html`<span class="form-hint" id="${own}-hint">${hint}</span>`}</div>`
}

export type DayParts = { readonly day: string; readonly month: string; readonly year: string }

/** A date as three numbers, named `name-day`, `name-month` and `name-year`. */
export function dateInput(
  say: Say,
  field: FieldTexts & { readonly name: string; readonly value: DayParts },
): Html {
  const parts = [
    ['day', { da: 'Dag', en: 'Day' }, 2],
    ['month', { da: 'Måned', en: 'Month' }, 2],
    ['year', { da: 'År', en: 'Year' }, 4],
  ] as const
  const inputs = parts.map(([part, label, lengthMax]) => {
    const id = part === 'day' ? field.id : `${field.id}-${part}`
    const given = {
      ...{ type: 'text', id, name: `${field.name}-${part}`, value: field.value[part] },
      ...{ maxlength: lengthMax, inputmode: 'numeric', autocomplete: 'off', class: 'form-input' },
      'aria-invalid': field.error !== undefined && 'true',
    }
    return html`<div class="form-group form-group-${part}"><label class="form-label" for="${id}">${say(label)}</label><input${attributes(given)}></div>`
  })
  return fieldset(say, field, [html`<div class="date-group">${inputs}</div>`])
}

function fieldset(say: Say, field: FieldTexts, inner: readonly Html[]): Html {
  const given = { 'aria-describedby': describedBy(field) }
  const legend = html`${field.label}${optionalPart(say, field)}`
  return html`<div class="${groupClass(field)}"><fieldset${attributes(given)}>
<legend class="${classes(field.asHeading ? 'site-question' : 'form-label')}">${field.asHeading ? html`<h1>${legend}</h1>` : legend}</legend>
${hintPart(field)}${errorPart(say, field)}${inner}</fieldset></div>`
}

function labelPart(say: Say, field: FieldTexts): Html {
  const label = html`<label class="${field.asHeading ? 'site-question' : 'form-label'}" for="${field.id}">${field.label}${optionalPart(say, field)}</label>`
  return html`${field.asHeading ? html`<h1 class="site-question-line">${label}</h1>` : label}${hintPart(field)}${errorPart(say, field)}`
}

function optionalPart(say: Say, { optional }: FieldTexts): Html | undefined {
  if (!optional) return undefined
  return html`<span class="weight-normal"> (${say({ da: 'frivilligt', en: 'optional' })})</span>`
}

function hintPart({ id, hint }: FieldTexts): Html | undefined {
  return hint === undefined
    ? undefined
    : html`<span class="form-hint" id="${id}-hint">${hint}</span>`
}

function errorPart(say: Say, { id, error }: FieldTexts): Html | undefined {
  if (error === undefined) return undefined
  return html`<span class="form-error-message" id="${id}-error"><span class="sr-only">${say({ da: 'Fejl', en: 'Error' })}: </span>${error}</span>`
}

function groupClass({ error }: FieldTexts): string {
  return classes('form-group', error !== undefined && 'form-error')
}

function described(field: FieldTexts) {
  return {
    'aria-describedby': describedBy(field),
    'aria-invalid': field.error !== undefined && 'true',
  }
}

function describedBy({ id, hint, error }: FieldTexts): string | undefined {
  const ids = [hint !== undefined && `${id}-hint`, error !== undefined && `${id}-error`]
  return classes(...ids) || undefined
}
