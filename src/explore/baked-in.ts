/** Measures from when on a finding can no longer be escaped: continuations from points of its shrunk history, each by other chances. */

import type { VisitedSite } from '../kernel/tape.js'
import type { BakedIn } from '../report/baked-in.js'
import { describeDecision } from '../report/describe.js'
import type { FindingRecord } from '../report/record.js'
import type { Hands, Job } from './hands.js'
import type { PresetTable } from './preset-table.js'

/** Continuations from each point. */
const trials = 16
/** Points beside the decisions themselves, evenly over the history. */
const evenly = 5
const mostPoints = 10

/** Undefined where the history of the finding reaches no site. */
export async function bakedIn(
  { scenario, decisions, violation }: FindingRecord,
  hands: Hands,
  { seed, preset }: { readonly seed: string; readonly preset: PresetTable },
): Promise<BakedIn | undefined> {
  const source = { kind: 'replay', decisions } as const
  const [whole] = await hands.trials(scenario, [{ origin: 'replay', index: 0, source, keepSites: 'all' }])
  const visited = (whole?.visited ?? []).filter(({ seq }) => seq <= violation.seq)
  if (visited.length === 0) return undefined
  const words = new Map(decisions.map(([label, alternative]) => [label, describeDecision(label, alternative)]))
  const points: BakedIn['points'][number][] = []
  for (const site of [undefined, ...sitesOf(visited, new Set(words.keys()))]) {
    const jobs = Array.from({ length: trials }, (_, index): Job => {
      const until = site?.label ?? ''
      return {
        origin: 'replay',
        index: index + 1,
        source: { kind: 'continued', decisions, until, seed, preset: preset.name },
      }
    })
    const reports = await hands.trials(scenario, jobs)
    const broken = reports.filter(({ record }) =>
      record.violations.some(
        ({ invariant, clause }) => invariant === violation.invariant && clause === violation.clause,
      ),
    )
    points.push({ seq: site?.seq ?? 0, what: words.get(site?.label ?? '') ?? '', broken: broken.length })
  }
  return { trials, points }
}

/** The decisions, and so many sites between them as there is room for. */
function sitesOf(visited: readonly VisitedSite[], decided: ReadonlySet<string>): readonly VisitedSite[] {
  const spread = new Set(
    Array.from({ length: evenly }, (_, index) => visited[Math.floor(((index + 1) * (visited.length - 1)) / evenly)]),
  )
  return visited.filter((site) => decided.has(site.label) || spread.has(site)).slice(0, mostPoints)
}
