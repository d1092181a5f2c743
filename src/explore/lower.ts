/** Lowering: every remaining decision takes the simplest alternative that still breaks the target. */

import { plainFaults } from '../scenario/fault-names.js'
import type { Pair } from './hands.js'
import { pairsOf, type ShrinkSearch } from './shrink-search.js'

/** True when something became simpler. */
export async function lower(search: ShrinkSearch): Promise<boolean> {
  let changed = false
  const sites = new Map((await search.sites(pairsOf(search)))?.map((site) => [site.label, site.alternatives]))
  for (const [label] of pairsOf(search)) {
    const pairs = pairsOf(search)
    const alternative = pairs.find((pair) => pair[0] === label)?.[1]
    if (alternative === undefined) continue
    const put = (simpler: string): readonly Pair[] => pairs.map((pair) => (pair[0] === label ? [label, simpler] : pair))
    const isDetail = (pair: Pair): boolean => pair[0].startsWith(`${label}@`)
    const plainly = pairs.some(isDetail)
      ? plainer(alternative, sites.get(label)).map((simpler) => put(simpler).filter((pair) => !isDetail(pair)))
      : []
    for (const candidate of [...simplerThan(alternative, sites.get(label)).map(put), ...plainly])
      if (await search.accepts(candidate)) {
        changed = true
        break
      }
  }
  return changed
}

/** A fault that has no details is simpler than one that is not itself without one, wherever it stands. */
const plainer = (alternative: string, alternatives: readonly string[] = []): readonly string[] =>
  alternatives.slice(alternatives.indexOf(alternative) + 1).filter((name) => plainFaults.includes(name))

/** Named alternatives leftwards from the simplest; numbers that were drawn in halves up to the one that was. */
function simplerThan(alternative: string, alternatives: readonly string[] | undefined): readonly string[] {
  if (alternatives) return alternatives.slice(1, Math.max(1, alternatives.indexOf(alternative)))
  const number = Number(alternative)
  const lower: string[] = []
  for (let divisor = 2 ** 31; divisor >= 2; divisor /= 2) {
    const value = Math.floor(number / divisor)
    if (value >= 1 && lower.at(-1) !== String(value)) lower.push(String(value))
  }
  return lower
}
