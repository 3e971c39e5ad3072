/** The page for operators about settings, from the table of them. Knows no value of any. */

import { generatedNote } from '#api/incident-page.ts'
import type { Setting, Table } from '#base/setting.ts'

export function settingsPage(table: Table): string {
  const settings = Object.values(table)
  return [
    '# Settings\n',
    `${generatedNote.replace('the declaration', 'the table')}\n`,
    'Every program takes its settings from variables of its environment, reads them once when it',
    'starts, and tells all mistakes at once, without repeating a value. A variable that begins with',
    '`SAMSPIL_` and is not on this page refuses the start: it was meant to do something.\n',
    '**Secrets** have no default anywhere. Each may stand in a file instead, which a `…_FILE`',
    'variable names; a file is not seen in the list of processes, and can belong to one user alone.\n',
    '| variable | must be | left out | what |',
    '| --- | --- | --- | --- |',
    ...settings.map(row),
    '',
  ].join('\n')
}

function row({ variable, kind, preset, secret, doc }: Setting): string {
  const names = secret ? `\`${variable}\` or \`${variable}_FILE\` (secret)` : `\`${variable}\``
  const leftOut = preset === undefined ? '–' : `\`${preset}\``
  return `| ${[names, kind.must, leftOut, doc].map(cell).join(' | ')} |`
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|')
}
