/** ETags (RFC 9110): an answer with a field `etag` has that as its header, and `If-Match` comes in as the field `ifMatch`. */

/** What the request must still find; undefined where it says nothing, or anything (`*`). */
export function matchIn(headers: Headers): string | undefined {
  const asked = headers.get('if-match')?.trim()
  return asked === undefined || asked === '*' ? undefined : bare(asked)
}

export function tagOf(value: unknown): string | undefined {
  const etag: unknown = typeof value === 'object' && value !== null && 'etag' in value ? value.etag : undefined
  return typeof etag === 'string' ? etag : undefined
}

/** Whether whoever asks has this very version, so that only 304 need be said. */
export const isKnown = (headers: Headers, etag: string): boolean =>
  (headers.get('if-none-match') ?? '').split(',').some((one) => bare(one.trim()) === etag)

const bare = (tag: string): string => tag.replace(/^(?:W\/)?"(.*)"$/, '$1')
