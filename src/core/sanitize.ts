/** Untrusted text for each kind of sink: what a model, a tool or a service says must stay text. */
// biome-ignore-all lint/suspicious/noControlCharactersInRegex: control characters are what this file is about

const escapes =
  /\u001b\][\s\S]*?(?:\u0007|\u001b\\|$)|\u001b[P^_X][\s\S]*?(?:\u001b\\|$)|\u001b\[[0-?]*[ -/]*[@-~]?|\u009b[0-?]*[ -/]*[@-~]?|\u009d[\s\S]*?(?:\u0007|\u009c|$)|\u001b[ -/]*[0-~]?/g
const breaks = /[\t\n\v\f\r\u0085\u2028\u2029]+/g
const controls = /[\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/g

/** One line without escape sequences, control characters (C0, C1) and marks that reverse the direction of text. */
export function forTerminal(text: string): string {
  return text
    .replace(escapes, '')
    .replace(breaks, ' ')
    .replace(controls, '')
    .replace(/\p{Surrogate}/gu, '\ufffd')
}

/** Characters that XML 1.0 may not hold are gone; the rest is escaped, for text and for attributes. */
export function forXml(text: string): string {
  return text
    .replace(escapes, '')
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufffe\uffff]/g, '')
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(/[&<>"'\t\n\r]/g, (character) => xmlEntities[character] as string)
}

const xmlEntities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
}

/** Text between tags or in a quoted attribute; control characters are gone, line breaks stay. */
export function forHtml(text: string): string {
  return text
    .replace(escapes, '')
    .replace(controls, (character) => (character === '\n' || character === '\t' ? character : ''))
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .replace(/[&<>"']/g, (character) => xmlEntities[character] as string)
}

/** A code span of Markdown: in it nothing is markup, a link, HTML, or a mention of a person or an issue. */
export function inCode(text: string): string {
  const plain = forTerminal(text).trim()
  if (plain === '') return '` `'
  const fence = '`'.repeat(longestRun(plain) + 1)
  const gap = plain.startsWith('`') || plain.endsWith('`') ? ' ' : ''
  return `${fence}${gap}${plain}${gap}${fence}`
}

/** A fenced block that the text cannot leave: its fence is longer than any run of backticks in it. */
export function fenced(lines: readonly string[], language = ''): string {
  const text = lines.map(forTerminal).join('\n')
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1))
  return `${fence}${language}\n${text}\n${fence}`
}

const longestRun = (text: string): number => Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length))
