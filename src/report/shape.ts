/** What a value read from a file must look like: the first place where it does not, with what must stand there, and the same as JSON Schema. */

export interface Wrong {
  /** `findings[0].story`; empty for the value itself. */
  readonly at: string
  /** What must stand there: `a number`. */
  readonly wants: string
}

type JsonSchema = Readonly<Record<string, unknown>>

export interface Shape {
  /** Undefined where all is right. */
  (value: unknown, path: string): Wrong | undefined
  readonly schema: JsonSchema
  /** It may be left out. */
  readonly isOptional?: true
}

const shapeOf = (schema: JsonSchema, check: (value: unknown, path: string) => Wrong | undefined): Shape =>
  Object.assign(check, { schema })

const simple = (wants: string, schema: JsonSchema, fits: (value: unknown) => boolean): Shape =>
  shapeOf(schema, (value, path) => (fits(value) ? undefined : { at: path, wants }))

export const text = simple('a text', { type: 'string' }, (value) => typeof value === 'string')
export const number = simple('a number', { type: 'number' }, (value) => typeof value === 'number')
export const flag = simple('true or false', { type: 'boolean' }, (value) => typeof value === 'boolean')

export const oneOf = (...allowed: readonly string[]): Shape =>
  simple(allowed.length === 1 ? `"${allowed[0]}"` : `one of ${allowed.join(', ')}`, { enum: allowed }, (value) =>
    allowed.includes(value as string),
  )

export const maybe = (shape: Shape): Shape =>
  Object.assign(
    shapeOf(shape.schema, (value, path) => (value === undefined ? undefined : shape(value, path))),
    { isOptional: true as const },
  )

export const list = (of: Shape): Shape =>
  shapeOf({ type: 'array', items: of.schema }, (value, path) => {
    if (!Array.isArray(value)) return { at: path, wants: 'a list' }
    for (const [index, item] of value.entries()) {
      const wrong = of(item, `${path}[${index}]`)
      if (wrong !== undefined) return wrong
    }
    return undefined
  })

export const pair = (first: Shape, second: Shape): Shape =>
  shapeOf({ type: 'array', prefixItems: [first.schema, second.schema], minItems: 2, maxItems: 2 }, (value, path) =>
    Array.isArray(value) && value.length === 2
      ? (first(value[0], `${path}[0]`) ?? second(value[1], `${path}[1]`))
      : { at: path, wants: 'a list of two' },
  )

/** Fields that are not named may be there: they are ignored. */
export const fields = (shapes: Readonly<Record<string, Shape>>): Shape => {
  const named = Object.entries(shapes)
  const schema = {
    type: 'object',
    properties: Object.fromEntries(named.map(([name, shape]) => [name, shape.schema])),
    required: named.filter(([, { isOptional }]) => !isOptional).map(([name]) => name),
  }
  return shapeOf(schema, (value, path) => {
    if (!isObject(value)) return { at: path, wants: 'an object' }
    for (const [name, shape] of named) {
      const wrong = shape(value[name], path === '' ? name : `${path}.${name}`)
      if (wrong !== undefined) return wrong
    }
    return undefined
  })
}

/** Any names, values of one shape. */
export const mapOf = (of: Shape): Shape =>
  shapeOf({ type: 'object', additionalProperties: of.schema }, (value, path) => {
    if (!isObject(value)) return { at: path, wants: 'an object' }
    for (const name in value) {
      const wrong = of(value[name], `${path}.${name}`)
      if (wrong !== undefined) return wrong
    }
    return undefined
  })

/** `, at findings[0].seen, where a number must stand`. */
export const wrongWords = ({ at, wants }: Wrong): string =>
  `${at === '' ? '' : `, at ${at}`}, where ${wants} must stand`

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
