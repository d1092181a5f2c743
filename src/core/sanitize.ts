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
