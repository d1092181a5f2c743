/** A service that was changed since its tool was written: one field of its answers is called otherwise, is of another type, is gone, or is new. */

import { type ServiceFault, spoil, toolFault } from '../service-fault.js'

type Field = readonly [name: string, value: unknown]

const changes: Readonly<Record<string, (field: Field) => readonly Field[]>> = {
  rename: ([name, value]) => [[`${name}_v2`, value]],
  retype: ([name, value]) => [[name, retyped(value)]],
  drop: () => [],
  add: (field) => [field, ['schema_version', 2]],
}

export const schemaDrift: ServiceFault = {
  ...toolFault,
  name: 'tool/schema-drift',
  says: 'It happened, and the answer has another shape than it used to have.',
  on: 'both',
  parameters: { change: Object.keys(changes), path: ['first', 'last', 'nested'] },
  strike: (struck) =>
    spoil(struck, (value) => {
      const change = changes[struck.pick('change')] as (field: Field) => readonly Field[]
      return { kind: 'value', value: drifted(value, struck.pick('path'), change) }
    }),
}

/** Each thing in a list alike. What has no fields, or none inside another, stays. */
function drifted(value: unknown, path: string, change: (field: Field) => readonly Field[]): unknown {
  if (Array.isArray(value)) return value.map((item) => drifted(item, path, change))
  if (typeof value !== 'object' || value === null) return value
  const fields: readonly Field[] = Object.entries(value)
  if (path === 'nested')
    return Object.fromEntries(
      fields.map(([name, inner]) => [name, typeof inner === 'object' ? drifted(inner, 'first', change) : inner]),
    )
  const at = path === 'first' ? 0 : fields.length - 1
  return Object.fromEntries(fields.flatMap((field, index) => (index === at ? change(field) : [field])))
}

function retyped(value: unknown): unknown {
  if (typeof value === 'string') return { value }
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'object' && value !== null) return JSON.stringify(value)
  return String(value)
}
