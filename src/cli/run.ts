/** `stormproof run`: every selected scenario through its campaign, one record, the reports, the exit code. */

import { StormproofError } from '../core/error.js'
import { defaultSeed, defaultTime, defaultTrials, parseTime } from '../explore/budget.js'
import { checkComparable } from '../explore/combine.js'
import { strategyOf } from '../explore/strategies.js'
import { baselineOf } from './baseline.js'
import type { CommandLine } from './command-line.js'
import { conduct } from './conduct.js'
import { commitHere } from './environment.js'
import { type Manifest, planDigest } from './manifest.js'
import { jobsOf, openConfig, openProject, type Project, selectScenarios } from './project.js'
import type { Terminal } from './terminal.js'
import { packageVersion } from './version.js'
import type { ScenarioCard } from './worker-message.js'

export async function run(line: CommandLine, folder: string, terminal: Terminal): Promise<number> {
  const started = Date.now()
  const config = await openConfig(line, folder)
  const baseline = baselineOf(line, folder, config)
  const project = await openProject(config, jobsOf(line), terminal, line.hangMs)
  try {
    const cards = selected(project, line)
    const manifest = manifestOf(line, cards, project, started)
    if (baseline && cards.length > 0) checkComparable(baseline, { ...manifest, campaign: '' })
    const root = line.out ?? `${config.folder}/.stormproof`
    return await conduct({ line, terminal, project, root, manifest, cards, baseline, started })
  } finally {
    await project.close()
  }
}

function manifestOf(
  line: CommandLine,
  cards: readonly ScenarioCard[],
  { config: { config } }: Project,
  started: number,
): Manifest {
  const presetOf = (card: ScenarioCard): string => line.faults ?? card.preset ?? config.faults ?? 'stormy'
  const scenarios = cards.map((card) => ({ name: card.name, file: card.file, preset: presetOf(card) }))
  const strategy = line.strategy ?? (config.strategy === undefined ? undefined : strategyOf(config.strategy).name)
  const manifest: Manifest = {
    schemaVersion: 1,
    campaign: '',
    seed: line.seed ?? String(defaultSeed),
    preset: [...new Set(scenarios.map(({ preset }) => preset))].join(' + ') || 'stormy',
    ...(strategy && { strategy }),
    ...(line.pairs && { pairs: line.pairs }),
    trials: line.trials ?? config.trials ?? defaultTrials,
    timeMs: line.timeMs ?? parseTime(defaultTime),
    scenarios,
    gates: config.gates ?? {},
    versions: { stormproof: packageVersion(), node: process.version },
    commit: commitHere(),
    reproducible: line.reproducible,
    ...(line.reliability && { reliability: true }),
    ...(line.shard && { shard: line.shard }),
  }
  const now = new Date(started).toISOString().replace(/[-:]/g, '').slice(0, 15)
  const name = line.reproducible ? planDigest(manifest) : `${now}-${process.pid}`
  return { ...manifest, campaign: line.shard ? `${name}-shard-${line.shard.index}-of-${line.shard.count}` : name }
}

function selected(project: Project, line: CommandLine): readonly ScenarioCard[] {
  if (project.scenarios.length === 0 && project.troubles.length === 0) {
    throw new StormproofError('nothing-selected', 'there is no scenario here', {
      remedy: 'a scenario file is called something.scenario.ts and exports defineScenario({ … }) as its default',
    })
  }
  if (project.scenarios.length === 0) return []
  return selectScenarios(project.scenarios, [...line.words, ...line.filters])
}
