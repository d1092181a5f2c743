/** What a campaign set out to do: written before it begins, so that it can be taken up again or joined with its other shards. */

import { digest } from '../core/digest.js'
import type { GatesConfig } from '../explore/gates.js'
import { type Reach, reaches } from '../explore/pairs.js'
import type { Shard } from '../explore/part.js'
import { type StrategyName, strategyNames } from '../explore/strategies.js'
import type { schemaVersion } from '../report/record.js'
import { fields, flag, list, maybe, number, oneOf, text } from '../report/shape.js'

export interface Manifest {
  readonly schemaVersion: typeof schemaVersion
  readonly campaign: string
  readonly seed: string
  readonly preset: string
  /** Absent: random storms and swarm by turns. */
  readonly strategy?: StrategyName
  /** Absent: no pairs of faults. */
  readonly pairs?: Reach
  readonly trials: number
  readonly timeMs: number
  readonly scenarios: readonly { readonly name: string; readonly file: string; readonly preset: string }[]
  readonly gates: GatesConfig
  readonly versions: { readonly stormproof: string; readonly node: string }
  readonly commit: string
  /** Nothing in it tells when it was. */
  readonly reproducible: boolean
  /** R(k, ε, λ) and the baked-in curves are measured. */
  readonly reliability?: true
  readonly shard?: Shard
}

/** The same for everything that was asked in the same words. */
export const planDigest = ({
  seed,
  preset,
  strategy,
  reliability,
  pairs,
  trials,
  timeMs,
  scenarios,
  gates,
  versions,
}: Manifest): string =>
  digest({
    seed,
    preset,
    ...(strategy !== undefined && { strategy }),
    ...(reliability && { reliability }),
    ...(pairs !== undefined && { pairs }),
    trials,
    timeMs,
    scenarios,
    gates,
    version: versions.stormproof,
  })

export const manifestShape = fields({
  ...{ schemaVersion: number, campaign: text, seed: text, preset: text, trials: number, timeMs: number },
  strategy: maybe(oneOf(...strategyNames)),
  pairs: maybe(oneOf(...reaches)),
  scenarios: list(fields({ name: text, file: text, preset: text })),
  versions: fields({ stormproof: text, node: text }),
  ...{ gates: fields({ findings: maybe(number) }), commit: text, reproducible: flag },
  reliability: maybe(flag),
  shard: maybe(fields({ index: number, count: number })),
})
