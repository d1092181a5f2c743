/** What a shard leaves for the merge, and how a campaign becomes its record, whoever ran it. */

import { combine } from '../explore/combine.js'
import { exitCodes } from '../explore/exit-code.js'
import { type Played, scenarioOfPlayed } from '../explore/join-parts.js'
import { unitsOf, unitsOfShard } from '../explore/part.js'
import { partShape } from '../explore/part-shape.js'
import type { CampaignRecord, Environment, Gate, ScenarioRecord } from '../report/record.js'
import { environmentShape, scenarioShape } from '../report/record-shape.js'
import { fields, list, maybe, number, text } from '../report/shape.js'
import type { Manifest } from './manifest.js'

export const shardFile = 'shard.json'

export interface ShardParts {
  readonly schemaVersion: 1
  readonly environment: Environment
  /** Files that no machine could load. */
  readonly notRun: readonly ScenarioRecord[]
  readonly played: readonly Played[]
}

export const shardShape = fields({
  ...{ schemaVersion: number, environment: environmentShape, notRun: list(scenarioShape) },
  played: list(fields({ name: text, parts: list(partShape), instead: maybe(scenarioShape) })),
})

export const shardText = (parts: ShardParts): string => `${JSON.stringify(parts)}\n`

/** `absent`: of so many shards these are missing, and may be. */
export function recordOf(
  manifest: Manifest,
  notRun: readonly ScenarioRecord[],
  played: readonly Played[],
  environment: Environment,
  {
    absent,
    baseline,
  }: {
    readonly absent?: { readonly count: number; readonly missing: readonly number[] } | undefined
    readonly baseline?: CampaignRecord | undefined
  } = {},
): CampaignRecord {
  const { campaign, seed, preset, trials, gates, shard } = manifest
  const names = manifest.scenarios.map(({ name }) => name)
  const all = unitsOf(names, trials)
  const there = shard
    ? unitsOfShard(all, shard)
    : all.filter((_, turn) => !absent?.missing.includes((turn % absent.count) + 1))
  const isWhole = (name: string): boolean => count(there, name) === count(all, name)
  const allWhole = names.every(isWhole)
  const tried = played.filter(({ parts, instead }) => parts.length > 0 || instead)
  const scenarios = [...notRun, ...tried.map((one) => scenarioOfPlayed(one, trials, isWhole(one.name)))]
  const { survived, ...others } = gates
  const record = combine(scenarios, {
    ...{ campaign, seed, preset, trials, environment, baseline },
    // A rate over part of the storms decides nothing.
    gates: survived && allWhole ? { ...others, survived } : others,
    ...(absent && { alsoGates: [partialGate(absent.missing, absent.count)] }),
  })
  const own = shard ? { ...record, shard } : record
  return shard && scenarios.length === 0 ? { ...own, result: 'pass', exitCode: exitCodes.pass } : own
}

const partialGate = (missing: readonly number[], count: number): Gate => ({
  name: 'shards',
  result: 'inconclusive',
  detail: `PARTIAL: without shard ${missing.join(', ')} of ${count}`,
})

const count = (units: readonly { readonly scenario: string }[], name: string): number =>
  units.filter(({ scenario }) => scenario === name).length
