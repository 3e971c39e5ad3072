/** A message for people's eyes: an element to a line, indented; nothing else is changed. */

const markup = /<(?:[^<>"']|"[^"]*"|'[^']*')*>/g

/**
 * The same markup with line breaks and blanks between elements. What is not only elements and
 * blanks, as a message that somebody broke on purpose, is given back as it was.
 */
export function indentXml(text: string): string {
  const tags = text.match(markup) ?? []
  if (tags.length === 0 || text.replaceAll(markup, '').trim() !== '') return text
  let depth = 0
  const lines = tags.map((tag) => {
    if (tag.startsWith('</')) depth -= 1
    const line = `${'  '.repeat(Math.max(depth, 0))}${tag}`
    if (!/^<[/?!]|\/>$/.test(tag)) depth += 1
    return line
  })
  return lines.join('\n')
}
