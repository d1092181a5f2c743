/** Answers of a service that has more than anybody can read: another page after each page, or lists without end. */

/** `endless`: there is always another page; `huge`: each list is so long that all of it is some hundred kilobytes. */
export type Stretch = 'endless' | 'huge'

/** What a stretched list has, in characters of JSON. */
const hugeCharacters = 400_000
const deepest = 3

const another = /^(next|next_?(page|cursor|token|page_?token|offset)|cursor|continuation_?token)$/i
const goesOn = /^has_?(more|next|next_?page)$/i
const ended = /^(is_?)?(last|last_?page|done|end)$/i
const counts = /^(total|total_?(pages|count|items)|pages|last_?page_?number)$/i

/** What services that are made up say of other pages, in the ways that APIs say it. */
const madeUpPages = {
  ...{ next: 'p2', nextPage: 2, next_page: 2, nextCursor: 'p2', next_cursor: 'p2', cursor: 'p2' },
  ...{ nextPageToken: 'p2', next_page_token: 'p2', hasMore: true, has_more: true },
}

/** `onStretched` is told when there was something to stretch. What is no JSON stays as it is. */
export async function stretchedResponse(
  response: Response,
  how: Stretch,
  isMadeUp: boolean,
  onStretched: () => void,
): Promise<Response> {
  const text = await response.text()
  const { status, headers } = response
  const read = parsed(text)
  if (!response.ok || typeof read !== 'object' || read === null)
    return new Response(bodyOf(status, text), { status, headers })
  const value = isMadeUp && how === 'endless' && !Array.isArray(read) ? { ...madeUpPages, ...read } : read
  const longer = JSON.stringify(stretched(value, how, onStretched, 0))
  const kept = new Headers(headers)
  kept.delete('content-length')
  return new Response(longer, { status, headers: kept })
}

/** A response without a body must have none. */
const bodyOf = (status: number, text: string): string | null => ([204, 205, 304].includes(status) ? null : text)

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function stretched(value: unknown, how: Stretch, onStretched: () => void, depth: number): unknown {
  if (typeof value !== 'object' || value === null || depth > deepest) return value
  if (Array.isArray(value)) {
    if (how === 'endless' || value.length === 0) return value
    onStretched()
    const size = JSON.stringify(value).length
    const copies = Math.ceil(hugeCharacters / size)
    return Array.from({ length: copies }, () => value).flat()
  }
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => {
      const more = how === 'endless' ? pageField(name, one) : undefined
      if (more === undefined) return [name, stretched(one, how, onStretched, depth + 1)]
      onStretched()
      return [name, more]
    }),
  )
}

/** Undefined for a field that says nothing of pages. */
function pageField(name: string, value: unknown): unknown {
  if (goesOn.test(name)) return true
  if (ended.test(name) && typeof value === 'boolean') return false
  if (counts.test(name) && typeof value === 'number') return 1_000_000
  if (!another.test(name)) return undefined
  if (typeof value === 'number') return value + 1
  return typeof value === 'string' && value !== '' ? value : value === null || value === '' ? 'p2' : undefined
}
