/** Comma-separated text with a heading row and '#' comment lines; knows nothing of what it holds. */

/** One row by the names of the heading; every heading is there, an empty cell is ''. */
export type CsvRow = { readonly [heading: string]: string }

/** Reads the rows under exactly those headings. Throws on anything else: such files are ours. */
export function readCsv(text: string, headings: readonly string[]): readonly CsvRow[] {
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
  const [heading, ...rows] = lines.map(readLine)
  if (heading?.join() !== headings.join()) {
    throw new Error(`the headings are ${heading?.join() ?? 'missing'}, not ${headings.join()}`)
  }
  return rows.map((cells, at) => {
    if (cells.length !== headings.length) {
      throw new Error(`row ${at + 1} has ${cells.length} cells, not ${headings.length}`)
    }
    return Object.fromEntries(headings.map((name, column) => [name, cells[column] ?? '']))
  })
}

const cell = /,(?:"((?:[^"]|"")*)"|([^",]*))/y

function readLine(line: string): readonly string[] {
  const led = `,${line}`
  const cells: string[] = []
  cell.lastIndex = 0
  while (cell.lastIndex < led.length) {
    const found = cell.exec(led)
    if (!found) throw new Error(`not a row of cells: ${line}`)
    cells.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? '')
  }
  return cells
}
