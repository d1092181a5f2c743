/** Places of an input that hold a text, and the input with another text there. */

/** A harmless text that is found again wherever it goes. */
export const marker = 'Zq7xK'

type Place = readonly (string | number)[]

/** Every text in it, the outermost first. */
export function textPlaces(value: unknown, place: Place = []): readonly Place[] {
  if (typeof value === 'string') return [place]
  if (typeof value !== 'object' || value === null) return []
  const entries = Array.isArray(value) ? value.map((one, at) => [at, one] as const) : Object.entries(value)
  return entries
    .flatMap(([name, one]) => textPlaces(one, [...place, name]))
    .toSorted((one, other) => one.length - other.length)
}

/** A copy with `text` at that place. */
export function withText(value: unknown, [first, ...rest]: Place, text: string): unknown {
  if (first === undefined) return text
  if (Array.isArray(value)) return value.map((one, at) => (at === first ? withText(one, rest, text) : one))
  const fields = value as Readonly<Record<string, unknown>>
  return { ...fields, [first]: withText(fields[first], rest, text) }
}
