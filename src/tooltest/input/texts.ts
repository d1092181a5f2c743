/** Texts that fit a schema: plain ones that shrink to `A`, and those that break code. */

import fc from 'fast-check'
import type { JsonSchema } from '../../core/json-schema.js'

/** What people and models really send, and what code is broken by. */
const hostile: readonly string[] = [
  ...['', ' ', '0', 'null', 'undefined', 'NaN', 'true', '-1', '1e309', '__proto__', 'constructor', 'toString'],
  ...['../../etc/passwd', "' OR '1'='1", '"; DROP TABLE orders; --', '<script>alert(1)</script>', '${7*7}', '{{7*7}}'],
  ...['a/b', 'a b', 'a?b=c', 'a#b', 'a%2Fb', '%', 'line\nbreak', 'tab\there', 'nul\u0000', '\u202Eright to left'],
  ...[
    'é',
    'e\u0301',
    '日本語',
    '👩‍👩‍👧‍👦',
    '\uFEFF',
    '2024-02-29',
    '2025-02-29',
    '1970-01-01T00:00:00Z',
    'x'.repeat(1_000),
  ],
]
const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ', ...'abcdefghijklmnopqrstuvwxyz', ...'0123456789', '-']
const ample = 12

/** Short and harmless. */
export function plainText({ minLength = 0, maxLength = ample }: JsonSchema): fc.Arbitrary<string> {
  const least = Math.min(Math.max(1, minLength), maxLength)
  return fc.string({
    unit: fc.constantFrom(...letters),
    minLength: least,
    maxLength: Math.max(least, Math.min(maxLength, least + ample)),
  })
}

/** Whatever fits, the limits of its length included. */
export function wildText(schema: JsonSchema): fc.Arbitrary<string> {
  const { minLength = 0, maxLength } = schema
  const isOfLength = (text: string): boolean =>
    [...text].length >= minLength && [...text].length <= (maxLength ?? Number.POSITIVE_INFINITY)
  const known = hostile.filter(isOfLength)
  const edges = [minLength, maxLength ?? minLength]
    .filter((length) => length <= 10_000)
    .map((length) => 'x'.repeat(length))
  const any = fc.string({
    unit: 'grapheme',
    minLength,
    maxLength: Math.min(maxLength ?? minLength + 20, minLength + 20),
  })
  return fc.oneof(plainText(schema), fc.constantFrom(...edges, ...known), any.filter(isOfLength))
}

const isoDate = (): fc.Arbitrary<string> =>
  fc
    .date({ min: new Date('1970-01-01T00:00:00Z'), max: new Date('2099-12-31T23:59:59Z'), noInvalidDate: true })
    .map((date) => date.toISOString())
const emails = (): fc.Arbitrary<string> =>
  fc
    .tuple(
      fc.string({ unit: fc.constantFrom(...letters.slice(0, 52)), minLength: 1, maxLength: 8 }),
      fc.constantFrom('example.com', 'mail.example.org'),
    )
    .map(([name, host]) => `${name}@${host}`)

/** By the name of the format. Made when asked for: fast-check's addresses alone take half a second, and every process imports this. */
const formats: Readonly<Record<string, () => fc.Arbitrary<string>>> = {
  email: emails,
  uuid: () => fc.uuid(),
  uri: () => fc.webUrl(),
  url: () => fc.webUrl(),
  'date-time': isoDate,
  date: () => isoDate().map((text) => text.slice(0, 10)),
  time: () => isoDate().map((text) => text.slice(11)),
  ipv4: () => fc.ipV4(),
  ipv6: () => fc.ipV6(),
  hostname: () => fc.domain(),
}

/** Those of a format or a pattern; undefined where the schema has neither, or a format that is not known. */
export function shapedText({ format, pattern, minLength, maxLength }: JsonSchema): fc.Arbitrary<string> | undefined {
  const known = format !== undefined && Object.hasOwn(formats, format) ? formats[format]?.() : undefined
  const shaped = known ?? (pattern === undefined ? undefined : matching(pattern))
  if (!shaped || (minLength === undefined && maxLength === undefined)) return shaped
  return shaped.filter((text) => text.length >= (minLength ?? 0) && text.length <= (maxLength ?? text.length))
}

/** Undefined for a pattern that texts cannot be made from. */
function matching(pattern: string): fc.Arbitrary<string> | undefined {
  try {
    return fc.stringMatching(new RegExp(pattern, 'u'))
  } catch {
    return undefined
  }
}
