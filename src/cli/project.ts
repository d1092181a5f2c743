/** What a command works on: the configuration, the scenario files it names, and workers that have loaded them. */

import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { StormproofError } from '../core/error.js'
import { nearest } from '../core/nearest.js'
import type { Hands } from '../explore/hands.js'
import type { CommandLine } from './command-line.js'
import { type FoundConfig, readConfig } from './find-config.js'
import { findFiles } from './find-files.js'
import { moduleLoader } from './load-module.js'
import type { FileTrouble } from './load-scenarios.js'
import { ownModules } from './own-modules.js'
import type { Terminal } from './terminal.js'
import { workerHands } from './worker-hands.js'
import type { Loaded, ScenarioCard } from './worker-message.js'
import { WorkerDeath, WorkerProcess } from './worker-process.js'

export interface Project {
  readonly config: FoundConfig
  readonly scenarios: readonly ScenarioCard[]
  readonly troubles: readonly FileTrouble[]
  readonly hands: readonly Hands[]
  close(): Promise<void>
}

/** What a scenario file is called. */
export const defaultGlob = '**/*.scenario.{ts,mts,tsx,js,mjs}'
const entry = fileURLToPath(new URL('./worker.js', import.meta.url))

export async function openConfig(line: CommandLine, folder: string): Promise<FoundConfig> {
  return readConfig(folder, line.config, async (file) => moduleLoader(folder, await ownModules())(file))
}

/** `jobs` workers, each with every scenario loaded. Files that do not load are `troubles`. */
export async function openProject(
  config: FoundConfig,
  jobs: number,
  terminal: Terminal,
  silenceMs?: number,
): Promise<Project> {
  const { scenarios: globs = defaultGlob } = config.config
  const found = findFiles(config.folder, typeof globs === 'string' ? [globs] : globs)
  const start = (files: readonly string[]): WorkerProcess =>
    new WorkerProcess({
      entry,
      order: { kind: 'load', folder: config.folder, files },
      onError: (text) => terminal.error(text),
      ...(silenceMs !== undefined && { silenceMs }),
    })
  const { first, loaded, files, deadly } = await loadFirst(start, found)
  const home = new Map(loaded.scenarios.map((card) => [card.name, card.file]))
  const workers = [first, ...Array.from({ length: jobs - 1 }, () => start(files))]
  await Promise.all(workers.map((worker) => worker.load()))
  const hands = workers.map((worker) => workerHands(worker, (scenario) => home.get(scenario) ?? ''))
  return {
    config,
    scenarios: loaded.scenarios,
    troubles: [...loaded.troubles, ...deadly],
    hands,
    close: async () => void (await Promise.all(workers.map((worker) => worker.stop()))),
  }
}

interface First {
  readonly first: WorkerProcess
  readonly loaded: Loaded
  readonly files: readonly string[]
  readonly deadly: readonly FileTrouble[]
}

/** A file that ends or stalls the process while it loads is found by loading the files one by one, and left out. */
async function loadFirst(start: (files: readonly string[]) => WorkerProcess, found: readonly string[]): Promise<First> {
  const worker = start(found)
  const outcome = await loadOrDeath(worker)
  if (!(outcome instanceof WorkerDeath)) return { first: worker, loaded: outcome, files: found, deadly: [] }
  const files: string[] = []
  const deadly: FileTrouble[] = []
  for (const file of found) {
    const alone = start([file])
    const death = await loadOrDeath(alone)
    await alone.stop()
    if (death instanceof WorkerDeath)
      deadly.push({
        file,
        message: `while it loaded, ${death.death.text}`,
        remedy: 'what a scenario imports must not end the process or loop for ever',
      })
    else files.push(file)
  }
  const first = start(files)
  return { first, loaded: await first.load(), files, deadly }
}

async function loadOrDeath(worker: WorkerProcess): Promise<Loaded | WorkerDeath> {
  try {
    return await worker.load()
  } catch (error) {
    if (error instanceof WorkerDeath) return error
    throw error
  }
}

export const jobsOf = (line: CommandLine): number => line.jobs ?? Math.max(1, availableParallelism())

/** Scenarios whose name or file contains one of the filters; all of them without a filter. */
export function selectScenarios(
  scenarios: readonly ScenarioCard[],
  filters: readonly string[],
): readonly ScenarioCard[] {
  if (filters.length === 0) return scenarios
  const tests = filters.map(filterTest)
  const selected = scenarios.filter((card) => tests.some((test) => test(card.name) || test(card.file)))
  if (selected.length > 0) return selected
  const near = filters.flatMap((filter) =>
    nearest(
      filter,
      scenarios.map((card) => card.name),
    ),
  )
  const names =
    near.length > 0
      ? `did you mean ${near.join(' or ')}?`
      : `the scenarios here: ${scenarios.map((card) => card.name).join(', ') || 'none'}`
  throw new StormproofError(
    'nothing-selected',
    `no scenario matches ${filters.map((filter) => JSON.stringify(filter)).join(' or ')}`,
    { remedy: names },
  )
}

function filterTest(filter: string): (text: string) => boolean {
  const pattern = /^\/(.+)\/([a-z]*)$/.exec(filter)
  if (!pattern) return (text) => text.includes(filter)
  try {
    const expression = new RegExp(pattern[1] as string, (pattern[2] as string).replace(/[gy]/g, ''))
    return (text) => expression.test(text)
  } catch {
    throw new StormproofError('usage', `${filter} is not a regular expression`, {
      remedy: 'leave the slashes out to look for the text as it stands',
    })
  }
}
