/** What a value read from a file must look like, and the first place where it does not. */

/** The path of the first part that is wrong, `findings[0].story`; undefined where all is right. */
export type Shape = (value: unknown, path: string) => string | undefined

const ofType =
  (type: 'string' | 'number' | 'boolean'): Shape =>
  (value, path) =>
    typeof value === type ? undefined : path

export const text = ofType('string')
export const number = ofType('number')
export const flag = ofType('boolean')

export const oneOf =
  (...allowed: readonly string[]): Shape =>
  (value, path) =>
    allowed.includes(value as string) ? undefined : path

export const maybe =
  (shape: Shape): Shape =>
  (value, path) =>
    value === undefined ? undefined : shape(value, path)

export const list =
  (of: Shape): Shape =>
  (value, path) => {
    if (!Array.isArray(value)) return path
    for (const [index, item] of value.entries()) {
      const wrong = of(item, `${path}[${index}]`)
      if (wrong !== undefined) return wrong
    }
    return undefined
  }

export const pair =
  (first: Shape, second: Shape): Shape =>
  (value, path) =>
    Array.isArray(value) && value.length === 2
      ? (first(value[0], `${path}[0]`) ?? second(value[1], `${path}[1]`))
      : path

/** Fields that are not named may be there: they are ignored. */
export const fields =
  (shapes: Readonly<Record<string, Shape>>): Shape =>
  (value, path) => {
    if (!isObject(value)) return path
    for (const [name, shape] of Object.entries(shapes)) {
      const wrong = shape(value[name], path === '' ? name : `${path}.${name}`)
      if (wrong !== undefined) return wrong
    }
    return undefined
  }

/** Any names, values of one shape. */
export const mapOf =
  (of: Shape): Shape =>
  (value, path) => {
    if (!isObject(value)) return path
    for (const name in value) {
      const wrong = of(value[name], `${path}.${name}`)
      if (wrong !== undefined) return wrong
    }
    return undefined
  }

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
