/** Reading JSON that somebody else wrote: every field may be absent or of another type than expected. */

/** The named fields of a value, all undefined when it is no object. */
export type Loose<K extends string> = { readonly [P in K]?: unknown }

const nothing: Loose<never> = {}

export function loose<K extends string>(value: unknown): Loose<K> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Loose<K>)
    : (nothing as Loose<K>)
}

export const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

export const string = (value: unknown): string => (typeof value === 'string' ? value : '')

/** The text of a message's content: a string, or parts one a line; a part that is not text stands as its type, `[image_url]`. */
export function contentText(content: unknown): string {
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return ''
  return content.length === 1 ? partText(content[0]) : content.map(partText).join('\n')
}

function partText(value: unknown): string {
  if (typeof value === 'string') return value
  const part = loose<'type' | 'text' | 'refusal'>(value)
  if (typeof part.text === 'string') return part.text
  if (typeof part.refusal === 'string') return part.refusal
  return `[${string(part.type) || 'unknown'}]`
}
