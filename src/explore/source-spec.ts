/** Sources as plain data: what crosses to another process, and what the short token of a storm says. */

import { StormproofError } from '../core/error.js'
import type { SeedRepro } from '../core/token.js'
import { stormKey } from '../kernel/key.js'
import type { Source } from '../kernel/source.js'
import type { Sequences } from '../scenario/fault-sequence.js'
import { continuedSource } from './continued-source.js'
import type { Job, SourceSpec } from './hands.js'
import { presetOf } from './preset.js'
import type { PresetTable } from './preset-table.js'
import { type ReplaySource, replaySource } from './replay-source.js'
import { sequenced } from './sequence-source.js'
import { type StrategyName, strategyNames, strategyOf } from './strategies.js'

export type OpenedSource = Source & Partial<Pick<ReplaySource, 'unconsumed'>>

/** Answers of the world in a trial, where no calm day has shown how many there are. */
const usualSteps = 32

/** A fresh source for one trial; `steps` is how many answers of the world the calm day had. What the scenario prescribes holds in storms and beside single faults; a replay has it among its decisions. */
export function openSource(scenario: string, job: Job, sequences: Sequences = {}, steps = usualSteps): OpenedSource {
  const { source, origin } = job
  if (source.kind === 'replay') {
    const replay = replaySource(source.decisions)
    return origin === 'single' || origin === 'pair' ? sequenced(replay, sequences) : replay
  }
  const storm = {
    key: stormKey(source.seed, scenario, job.index),
    preset: presetOf(source.preset),
    steps: Math.max(1, steps),
  }
  if (source.kind !== 'continued') return sequenced(strategyOf(source.kind).open(storm), sequences)
  const chance = sequenced(strategyOf('random').open(storm), sequences)
  return continuedSource(replaySource(source.decisions), source.until, chance)
}

/** `swarm/stormy`, or `replay`. */
export const sourceText = (source: SourceSpec): string =>
  source.kind === 'replay' ? 'replay' : `${source.kind}/${source.preset}`

export const calmJob: Job = { origin: 'calm', index: 0, source: { kind: 'replay', decisions: [] } }

/** Storm `index` of a scenario, from 1. Without a `strategy`, and where the preset swarms, every second storm does. */
export function stormJob(seed: string, preset: PresetTable, index: number, strategy?: StrategyName): Job {
  const kind = strategy ?? (preset.swarm && index % 2 === 0 ? 'swarm' : 'random')
  return { origin: 'fresh', index, source: { kind, seed, preset: preset.name } }
}

/** The short token of a storm that was not shrunk; undefined for those with decisions, which have a token of their own. */
export function seedRepro(scenario: string, job: Job): SeedRepro | undefined {
  if (job.source.kind === 'replay' || job.source.kind === 'continued') return undefined
  return { scenario, seed: job.source.seed, source: `${sourceText(job.source)}/${job.index}` }
}

/** The storm that a short token names. Throws `corrupt-token` for a source that `seedRepro` did not write. */
export function jobOfSeedRepro(repro: SeedRepro): Job {
  const [, kind, preset, index] = /^([a-z]+)\/([^/]+)\/(\d+)$/.exec(repro.source) ?? []
  if (kind === undefined || preset === undefined || !(strategyNames as readonly string[]).includes(kind))
    throw new StormproofError('corrupt-token', `a replay token names the source ${JSON.stringify(repro.source)}`, {
      remedy: 'copy the whole `v1.…` line from the finding',
    })
  const source = { kind: strategyOf(kind).name, seed: repro.seed, preset: presetOf(preset).name }
  return { origin: 'replay', index: Number(index), source }
}
