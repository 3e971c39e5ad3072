/** An incident type's data as JSON Schema, derived from its declaration; total over the kinds. */

import { type Field, type Shape, unknown } from '#incident/fields.ts'

type JsonSchema = { readonly [keyword: string]: unknown }

/**
 * The schema of `data`. Closed: a name that is not declared is refused (16). Whatever the reader
 * accepts is valid here, of texts in their composed form (NFC), as lengths count characters so.
 */
export function dataSchema(shape: Shape): JsonSchema {
  const fields = Object.entries(shape.fields)
  return {
    type: 'object',
    title: shape.title.en,
    description: `${shape.summary.en} (${shape.summary.da})`,
    additionalProperties: false,
    required: fields.filter(([, field]) => !field.optional).map(([name]) => name),
    properties: Object.fromEntries(fields.map(([name, field]) => [name, fieldSchema(field)])),
  }
}

function fieldSchema(field: Field): JsonSchema {
  return {
    ...(field.optional && field.kind !== 'persons' ? orEmpty(field) : orUnknown(field)),
    title: field.label.en,
    description: describe(field),
    'x-wire-name': field.kind === 'persons' ? `${field.table}/${field.wire}` : field.wire,
  }
}

/** A field that may be left out may be sent empty as well: forms do. */
function orEmpty(field: Field): JsonSchema {
  return { anyOf: [valueSchema(field), { const: '' }] }
}

/** A field that must be answered may be answered with not knowing. */
function orUnknown(field: Field): JsonSchema {
  return field.orUnknown ? { anyOf: [valueSchema(field), { const: unknown }] } : valueSchema(field)
}

function valueSchema(field: Field): JsonSchema {
  switch (field.kind) {
    case 'pnr':
      return pnrSchema
    case 'date':
      return { type: 'string', format: 'date' }
    case 'time':
      return { type: 'string', pattern: '^(?:[01][0-9]|2[0-3]):[0-5][0-9]$' }
    case 'code':
      return { type: 'string', pattern: `^[0-9]{${field.digits}}$`, 'x-code-list': field.list }
    case 'number':
      return { type: 'string', pattern: `^0*[1-9][0-9]{0,${field.digitsMax - 1}}$` }
    case 'house':
      return { type: 'string', pattern: '^\\s*0{0,3}[1-9][0-9]{0,2} ?[A-Za-z]?\\s*$' }
    case 'floor':
      return {
        type: 'string',
        pattern: '^\\s*(?:[Ss][Tt]|[Kk][Ll]?[1-9]?|0?[1-9][0-9]?)\\.?\\s*$',
      }
    case 'door':
      return { type: 'string', pattern: '^\\s*[0-9A-Za-zÆØÅæøå/-]{1,4}\\s*$' }
    case 'choice':
      return { type: 'string', enum: Object.keys(field.options) }
    case 'text':
      return { type: 'string', minLength: 1, maxLength: field.lengthMax }
    case 'persons':
      return {
        type: 'array',
        items: pnrSchema,
        maxItems: field.itemsMax,
        uniqueItems: true,
      }
    default:
      return field satisfies never
  }
}

/** Ten digits, with or without a hyphen after the sixth, with blanks anywhere (rule PNR-4). */
const pnrSchema = {
  type: 'string',
  pattern: '^[ \\u00a0]*(?:[0-9][ \\u00a0]*){6}-?[ \\u00a0]*(?:[0-9][ \\u00a0]*){4}$',
  maxLength: 40,
}

function describe({ label, hint }: Field): string {
  const danish = hint ? `${label.da}: ${hint.da}` : label.da
  return hint ? `${hint.en} (${danish})` : danish
}
