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
  if (!(thrown instanceof Error))
    return { isError: false, name: typeof thrown, message: shown(thrown), fields: {}, text: shown(thrown) }
  const { name, message, stack = '' } = thrown
  const cause = thrown.cause === undefined ? '' : shown(thrown.cause)
  return {
    isError: true,
    name: nameOf(thrown),
    message,
    fields: fieldsOf(thrown),
    text: [name, message, stack, cause].join('\n'),
  }
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
