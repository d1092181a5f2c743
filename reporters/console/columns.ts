/** Text in columns of a terminal, where some characters are two cells wide and some none. */

import { forTerminal } from '../../src/core/sanitize.js'

const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u
const joining = /\p{Mark}|\u200d/u

/** Cells a text takes. */
export function cells(text: string): number {
  let sum = 0
  for (const character of text) sum += cellsOf(character)
  return sum
}

/** Exactly `width` cells: filled with blanks, or cut with an ellipsis. */
export function pad(text: string, width: number): string {
  const clean = clip(text, width)
  return clean + ' '.repeat(Math.max(0, width - cells(clean)))
}

/** At most `width` cells. */
export function clip(text: string, width: number): string {
  const clean = forTerminal(text)
  if (cells(clean) <= width) return clean
  let result = ''
  let used = 0
  for (const character of clean) {
    used += cellsOf(character)
    if (used > width - 1) break
    result += character
  }
  return width < 1 ? '' : `${result}…`
}

/** Lines of at most `width` cells, broken at blanks where there are any. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = []
  let line = ''
  for (const word of forTerminal(text).split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`
    if (cells(longer) <= width || line === '') line = longer
    else {
      lines.push(line)
      line = word
    }
  }
  if (line !== '') lines.push(line)
  return lines
}

function cellsOf(character: string): number {
  if (joining.test(character)) return 0
  return wide.test(character) ? 2 : 1
}
