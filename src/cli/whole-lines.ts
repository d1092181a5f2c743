/** A file of one JSON value a line, as far as it is whole: a line that is cut off or damaged ends it. */

import { existsSync, readFileSync } from 'node:fs'

/** `fits`: whether a value is what a line holds. A file that is not there has no lines. */
export function wholeLines<T>(file: string, fits: (value: unknown) => value is T): readonly T[] {
  if (!existsSync(file)) return []
  const values: T[] = []
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    const value = valueIn(line)
    if (!fits(value)) break
    values.push(value)
  }
  return values
}

function valueIn(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
