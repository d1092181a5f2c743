/** JSON as far as it goes: what is broken is named by line and column and left out, the rest is kept. */

export interface Place {
  readonly line: number
  readonly column: number
  readonly what: string
}

export interface Salvaged {
  /** Undefined where nothing could be read. */
  readonly value: unknown
  readonly broken: readonly Place[]
}

/** Whole when it is JSON; else every element of an array that is sound, and every field before the first that is not. */
export function readJson(text: string): Salvaged {
  const source = text.replace(/^\uFEFF/, '')
  try {
    return { value: JSON.parse(source) as unknown, broken: [] }
  } catch {
    return salvage(source)
  }
}

const deepest = 200

class Broken {
  readonly at: number
  readonly what: string

  constructor(at: number, what: string) {
    this.at = at
    this.what = what
  }
}

/** Where the reading stands, and what it met. `over`: there is no sense in reading on. */
interface Reading {
  readonly text: string
  at: number
  over: boolean
  readonly broken: Broken[]
}

function salvage(text: string): Salvaged {
  const reading: Reading = { text, at: 0, over: false, broken: [] }
  let value: unknown
  try {
    value = readValue(reading, 0, false)
    skipSpace(reading)
    if (!reading.over && reading.at < text.length)
      throw new Broken(reading.at, 'more follows where the text should end')
  } catch (error) {
    if (!(error instanceof Broken)) throw error
    reading.broken.push(error)
  }
  return { value, broken: reading.broken.map(({ at, what }) => ({ ...placeOf(text, at), what })) }
}

/** Line and column, both from 1. */
function placeOf(text: string, at: number): { line: number; column: number } {
  const before = text.slice(0, at).split('\n')
  return { line: before.length, column: (before.at(-1) as string).length + 1 }
}

function readValue(reading: Reading, depth: number, inArray: boolean): unknown {
  skipSpace(reading)
  if (depth > deepest) throw new Broken(reading.at, `nested deeper than ${deepest}`)
  const sign = reading.text[reading.at]
  if (sign === '[') return readArray(reading, depth)
  if (sign === '{') return readObject(reading, depth, inArray)
  return readScalar(reading)
}

function readArray(reading: Reading, depth: number): unknown[] {
  const items: unknown[] = []
  reading.at++
  for (;;) {
    skipSpace(reading)
    let start = reading.at
    let sound = false
    if (take(reading, ']')) return items
    try {
      items.push(readValue(reading, depth + 1, true))
      if (reading.over) return items
      skipSpace(reading)
      if (take(reading, ',')) continue
      if (take(reading, ']')) return items
      start = reading.at
      sound = true
      throw expected(reading, 'a comma or ]')
    } catch (error) {
      note(reading, error)
      // A comma is missing between two elements.
      if (sound && '[{"'.includes(reading.text[start] ?? 'end')) continue
      if (!resume(reading, start)) return items
    }
  }
}

/** A field that cannot be read ends its object: an element of an array is then left out whole, the outermost object is kept as it is. */
function readObject(reading: Reading, depth: number, inArray: boolean): Record<string, unknown> {
  const entries: [string, unknown][] = []
  reading.at++
  try {
    for (;;) {
      skipSpace(reading)
      if (take(reading, '}')) break
      if (reading.text[reading.at] !== '"') throw expected(reading, 'a field in quotes')
      const name = readScalar(reading) as string
      skipSpace(reading)
      if (!take(reading, ':')) throw expected(reading, 'a colon')
      entries.push([name, readValue(reading, depth + 1, inArray)])
      if (reading.over) throw reading.broken.at(-1)
      skipSpace(reading)
      if (!take(reading, ',') && reading.text[reading.at] !== '}') throw expected(reading, 'a comma or }')
    }
  } catch (error) {
    if (inArray) throw error
    note(reading, error)
    reading.over = true
  }
  return Object.fromEntries(entries)
}

const text = /"[^"\\]*(?:\\.[^"\\]*)*"/sy
const word = /-?\d[\d.eE+-]*|true|false|null/y

function readScalar(reading: Reading): unknown {
  const isText = reading.text[reading.at] === '"'
  const pattern = isText ? text : word
  pattern.lastIndex = reading.at
  const [found] = pattern.exec(reading.text) ?? []
  if (found === undefined) {
    if (!isText) throw expected(reading, 'a value')
    throw new Broken(reading.at, 'a text begins here that never ends')
  }
  try {
    const value = JSON.parse(found) as unknown
    reading.at += found.length
    return value
  } catch {
    throw new Broken(reading.at, isText ? 'this text is no JSON' : 'this is no value')
  }
}

function skipSpace(reading: Reading): void {
  while (' \t\n\r'.includes(reading.text[reading.at] ?? 'end')) reading.at++
}

function take(reading: Reading, sign: string): boolean {
  if (reading.text[reading.at] !== sign) return false
  reading.at++
  return true
}

function expected(reading: Reading, what: string): Broken {
  if (reading.at >= reading.text.length) return new Broken(reading.at, 'the file ends here: it is not whole')
  return new Broken(reading.at, `${what} was expected`)
}

/** What is broken is told once, however many are around it. */
function note(reading: Reading, error: unknown): void {
  if (!(error instanceof Broken)) throw error
  if (!reading.broken.includes(error)) reading.broken.push(error)
}

/** Goes on behind the element that began at `start`; false when its array is over with it, or the text is. */
function resume(reading: Reading, start: number): boolean {
  if (reading.over) return false
  const { text: source } = reading
  for (let at = start, open = 0; at < source.length; at++) {
    const sign = source[at] as string
    if (sign === '"') {
      text.lastIndex = at
      const [found] = text.exec(source) ?? []
      if (found === undefined) break
      at += found.length - 1
    } else if (sign === '[' || sign === '{') open++
    else if ((sign === ']' || sign === '}') && --open < 0) {
      reading.at = at + (sign === ']' ? 1 : 0)
      return false
    } else if (sign === ',' && open === 0 && at > start) {
      reading.at = at + 1
      return true
    }
  }
  reading.over = true
  return false
}
