/** What an incident asked before, and for its reporter what is being amended, as parts of SQL. */

/** What its reporter is amending asks as well; nobody else is told of it. */
export const amended = `amended as materialized (
  select returned #> '{amendment,question}' as question
  from found where reported_by = (select code from caller)
)`

/** What was asked at the last validation: columns, and the same of what is being amended. */
export function kept(type: string, columns: readonly string[], more = ''): string {
  const now = columns.map(
    (name) => `
    || array(select jsonb_array_elements_text(question -> '${name}')::${type} from amended)`,
  )
  return `
    || array(select unnest(${columns.join(' || ')}${more}) from found)${now.join('')}`
}

/** Those in whose history its decisions stand, who may be others: undoing one needs their facts. */
export const written = `
    || array(select (e ->> 'pnr')::char(10) from found, jsonb_array_elements(events) e)`
