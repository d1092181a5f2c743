/** What something thrown says of itself, to whoever catches it. */

export interface ErrorFacts {
  readonly isError: boolean
  readonly name: string
  readonly message: string
  /** Its other fields that hold plain values, those of its cause under `cause.`: what a caller can tell errors apart by. */
  readonly fields: Readonly<Record<string, string | number | boolean>>
  /** All of it as text, the stack included: where a secret could be. */
  readonly text: string
}

export function errorFacts(thrown: unknown): ErrorFacts {
  const text = dumped(thrown)
  if (!(thrown instanceof Error))
    return { isError: false, name: typeof thrown, message: shown(thrown), fields: {}, text }
  return { isError: true, name: nameOf(thrown), message: thrown.message, fields: fieldsOf(thrown), text }
}

const deepest = 5

/** Whatever a log would print of it, what it holds inside included. */
function dumped(value: unknown, depth = 0): string {
  if (typeof value === 'string') return value
  if (typeof value !== 'object' || value === null || depth > deepest) return String(value)
  const own = Object.values(value).map((one) => dumped(one, depth + 1))
  if (!(value instanceof Error)) return own.join(' ')
  const { message, stack = '', cause } = value
  return [message, stack, ...own, ...(cause === undefined ? [] : [dumped(cause, depth + 1)])].join(' ')
}

const nameOf = (error: Error): string => (error.name === 'Error' ? error.constructor.name : error.name)

function fieldsOf(error: Error): ErrorFacts['fields'] {
  const fields: Record<string, string | number | boolean> = {}
  for (const [prefix, from] of [['', error] as const, ['cause.', error.cause] as const]) {
    if (typeof from !== 'object' || from === null) continue
    if (prefix !== '' && from instanceof Error) fields[`${prefix}name`] = nameOf(from)
    for (const [name, value] of Object.entries(from)) {
      if (['string', 'number', 'boolean'].includes(typeof value)) fields[`${prefix}${name}`] = value
    }
  }
  return fields
}

function shown(value: unknown): string {
  try {
    if (value instanceof Error) return `${value.name}: ${value.message}`
    return (typeof value === 'object' ? JSON.stringify(value) : String(value)) ?? 'undefined'
  } catch {
    return 'what cannot be read'
  }
}
