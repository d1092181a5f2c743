/** Finds secrets in what is about to leave: whole or in part, plain or encoded, spelled out or in another case. */

import { formsOf } from './mask.js'

/** Letters and digits alone: separators and look-alike widths hide nothing. */
const folded = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '')

/** A secret may stand at any place of a longer text that is encoded as a whole. */
function shifted(secret: string): readonly string[] {
  return [1, 2].map((before) => {
    const encoded = Buffer.from(`${' '.repeat(before)}${secret}`, 'utf8').toString('base64')
    return encoded.slice(before + 1).replace(/.=+$/, '')
  })
}

/** Whether a text holds `length` letters in a row of a secret, or all of a shorter one. Made once, for many texts. */
export function leakDetector(secrets: readonly string[], length = 8): (text: string) => boolean {
  const windows = new Map<number, Set<string>>()
  for (const form of [...formsOf(secrets), ...secrets.flatMap(shifted)]) {
    const whole = folded(form)
    const size = Math.min(length, whole.length)
    if (size < 4) continue
    const known = windows.get(size) ?? new Set()
    windows.set(size, known)
    for (let at = 0; at + size <= whole.length; at++) known.add(whole.slice(at, at + size))
  }
  return (text) => {
    const said = folded(text)
    for (const [size, known] of windows) {
      for (let at = 0; at + size <= said.length; at++) if (known.has(said.slice(at, at + size))) return true
    }
    return false
  }
}

/** The text with `***` in place of each secret, in whatever form. */
export const conceal = (text: string, secrets: readonly string[]): string =>
  formsOf(secrets).reduce((shown, form) => shown.replaceAll(form, '***'), text)
