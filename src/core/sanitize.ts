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

/** Control characters but tab and line ends, and the marks that turn the direction of text around. */
const control = /(?![\t\n\r])\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu
/** The first of them as JSON writes them, after an even number of backslashes. */
const escaped = /(?<!\\)((?:\\\\)*)\\u00[01][0-9a-f]/g

/** One look that lets nearly every text pass. */
const suspect = /\\u00[01]|(?![\t\n\r])\p{Cc}|[\u202a-\u202e\u2066-\u2069]/u

/** The text without what could steer a reader unseen: control characters, plain or as JSON writes them, and marks that turn it around. */
export const forModel = (text: string): string =>
  suspect.test(text) ? text.replace(escaped, '$1').replace(control, '') : text

/** At most `max` bytes of UTF-8, no character cut in two, and then a note of the cut that ends in `rest`. */
export function cutTo(text: string, max: number, rest: string): string {
  if (text.length * 3 <= max) return text
  const bytes = new TextEncoder().encode(text)
  if (bytes.length <= max) return text
  let end = max
  while (end > 0 && ((bytes[end] ?? 0) & 0xc0) === 0x80) end--
  const head = new TextDecoder().decode(bytes.subarray(0, end))
  return `${head}\n[cut after ${end} of ${bytes.length} bytes; ${rest}]`
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
