/** Breaking the arguments of a call the way models break them. */

import { isJson } from '../core/json.js'

/** The raw argument text of a call whose sound arguments are `input`. */
export function malform(kind: string, input: unknown): string {
  const sound = JSON.stringify(input)
  const fields =
    isJson(input) && typeof input === 'object' && input !== null && !Array.isArray(input)
      ? { ...(input as Record<string, unknown>) }
      : {}
  const [first] = Object.keys(fields)
  switch (kind) {
    case 'wrong-type':
      return JSON.stringify(
        first === undefined ? { value: [] } : { ...fields, [first]: typeof fields[first] === 'string' ? 7 : 'seven' },
      )
    case 'missing-key':
      if (first !== undefined) delete fields[first]
      return JSON.stringify(fields)
    case 'extra-key':
      return JSON.stringify({ ...fields, verified_by_model: true })
    case 'truncated':
      return sound.slice(0, Math.max(1, Math.floor(sound.length * 0.6)))
    case 'not-json':
      return `call it with ${sound}`
    case 'non-object':
      return JSON.stringify([input])
    case 'concatenated':
      return sound + sound
    case 'null':
      return 'null'
    default:
      return ''
  }
}
