/** Long lists come in pages, as APIs give them: what follows a cursor, and the cursor of what follows that. */

export interface Page<T> {
  readonly items: readonly T[]
  /** The id of the last item, where more follow. */
  readonly next: string | null
}

const pageSize = 20

/** From the item behind the one named `after`; a cursor that names nothing begins behind where it would stand. */
export function pageOf<T>(
  all: readonly T[],
  idOf: (item: T) => string,
  after: string | undefined,
  limit = pageSize,
): Page<T> {
  const sorted = [...all].sort((one, other) => (idOf(one) < idOf(other) ? -1 : 1))
  const left = after === undefined ? sorted : sorted.filter((item) => idOf(item) > after)
  const items = left.slice(0, limit)
  const last = items.at(-1)
  return { items, next: last !== undefined && left.length > items.length ? idOf(last) : null }
}
