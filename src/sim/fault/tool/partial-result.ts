/** An answer that is sound and not whole: fields are missing, or the end of a list. */

import { type ServiceFault, spoil, toolFault } from '../service-fault.js'

type Fields = Readonly<Record<string, unknown>>

/** How many of so many are left. */
const kept: Readonly<Record<string, (count: number) => number>> = {
  one: (count) => count - 1,
  half: (count) => Math.floor(count / 2),
  all: () => 0,
}

export const partialResult: ServiceFault = {
  ...toolFault,
  name: 'tool/partial-result',
  says: 'It happened, and part of the answer is missing.',
  on: 'both',
  parameters: { kind: ['fields', 'list-tail'], dropped: Object.keys(kept) },
  strike: (struck) =>
    spoil(struck, (value) => {
      const left = kept[struck.pick('dropped')] as (count: number) => number
      const partOf = struck.pick('kind') === 'fields' ? withoutFields : withoutTail
      return { kind: 'value', value: partOf(value, left) }
    }),
}

type Left = (count: number) => number

/** Of each thing in a list. What has no fields stays. */
function withoutFields(value: unknown, left: Left): unknown {
  if (Array.isArray(value)) return value.map((item) => withoutFields(item, left))
  if (!hasFields(value)) return value
  const fields = Object.entries(value)
  return Object.fromEntries(fields.slice(0, Math.max(0, left(fields.length))))
}

/** Of the list it is, or of every list it holds. */
function withoutTail(value: unknown, left: Left): unknown {
  if (Array.isArray(value)) return value.slice(0, Math.max(0, left(value.length)))
  if (!hasFields(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [name, Array.isArray(field) ? withoutTail(field, left) : field]),
  )
}

const hasFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null
