/** How often each fault of the catalogue was planned, injected and landed over a suite, as a table. */

export interface Count {
  readonly planned: number
  readonly injected: number
  readonly landed: number
}

export interface FaultTable {
  /** A section a family, a line a fault. Ends with a line break. */
  readonly text: string
  /** What made no difference to any agent. */
  readonly neverLanded: readonly string[]
}

/** What the catalogue names and no suite can show, and as what an agent meets the rest of it. */
export const absent = (
  kinds: readonly { readonly name: string; readonly why: string; readonly instead: readonly string[] }[],
): string => kinds.map(({ name, why, instead }) => ` · no ${name}: ${why} Met as ${instead.join(', ')}.\n`).join('')

const nothing: Count = { planned: 0, injected: 0, landed: 0 }

/** `catalogue`: names as `family/kind`, in order. What no suite counts is a zero. */
export function faultTable(
  catalogue: readonly string[],
  suites: readonly Readonly<Record<string, Count>>[],
): FaultTable {
  const rows = catalogue.map((name) => ({
    name,
    count: suites.map((suite) => suite[name] ?? nothing).reduce(sum, nothing),
  }))
  const families = [...new Set(catalogue.map(familyOf))]
  const sections = families.map((family) => {
    const own = rows.filter(({ name }) => familyOf(name) === family)
    const total = own.map(({ count }) => count).reduce(sum, nothing)
    return [line(family, total), ...own.map(({ name, count }) => line(`  ${name}`, count))].join('\n')
  })
  const head = [''.padEnd(32), ...['planned', 'injected', 'landed'].map((word) => word.padStart(9))].join('')
  return {
    text: `${[head, ...sections].join('\n')}\n`,
    neverLanded: rows.filter(({ count }) => count.landed === 0).map(({ name }) => name),
  }
}

const familyOf = (name: string): string => name.slice(0, name.indexOf('/'))

const sum = (one: Count, other: Count): Count => ({
  planned: one.planned + other.planned,
  injected: one.injected + other.injected,
  landed: one.landed + other.landed,
})

function line(what: string, { planned, injected, landed }: Count): string {
  const mark = landed === 0 ? '  ✗ never landed' : ''
  return `${what.padEnd(32)}${[planned, injected, landed].map((count) => String(count).padStart(9)).join('')}${mark}`
}
