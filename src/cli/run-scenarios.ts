/** The campaigns of a run, one scenario after the other. What goes wrong with one is told in its record and does not stop the others. */

import { trialLine } from '../../reporters/ndjson.js'
import { isStormproofError } from '../core/error.js'
import { type CampaignPlan, runParts } from '../explore/campaign.js'
import { type Played, scenarioOfPlayed } from '../explore/join-parts.js'
import { type Part, type PartRecord, partsOf, type Unit } from '../explore/part.js'
import type { StrategyName } from '../explore/strategies.js'
import type { TrialRecord } from '../report/record.js'
import type { CommandLine } from './command-line.js'
import { onInterrupt } from './interrupt.js'
import { moduleState } from './module-state.js'
import { notReached, scenarioNotRun } from './not-run.js'
import { progressOn } from './progress.js'
import type { Project } from './project.js'
import type { RecordFolder } from './record-folder.js'
import { keptFor } from './repro-file.js'
import type { Terminal } from './terminal.js'
import type { ScenarioCard } from './worker-message.js'

export interface Budget {
  readonly seed: string
  readonly trials: number
  readonly strategy: StrategyName | undefined
  readonly timeMs: number
  presetOf(card: ScenarioCard): string
}

/** Of each scenario the parts among `units`; those of which there is none are left out. */
export async function runScenarios(
  project: Project,
  cards: readonly ScenarioCard[],
  units: readonly Unit[],
  budget: Budget,
  line: CommandLine,
  terminal: Terminal,
  files: RecordFolder,
): Promise<readonly Played[]> {
  const progress = progressOn(terminal, line.quiet ? 'none' : line.progress, () => performance.now())
  const stopping = new AbortController()
  const interrupt = onInterrupt(
    terminal,
    () => stopping.abort(),
    () => saved(files),
  )
  const all: Played[] = []
  let found = 0
  const onTrial = (trial: TrialRecord): void => {
    files.trial(trial)
    if (line.json) terminal.out(trialLine(trial))
  }
  try {
    for (const card of cards) {
      const wanted = new Set(units.filter(({ scenario }) => scenario === card.name).map(({ part }) => part))
      const parts = partsOf(budget.trials).filter(({ number }) => wanted.has(number))
      if (parts.length === 0) continue
      if (stopping.signal.aborted) {
        all.push({ name: card.name, parts: [], instead: notReached(card) })
        continue
      }
      const played = await runOne(project, card, parts, budget, {
        signal: stopping.signal,
        onTrial,
        onProgress: (at) => progress.moved(card.name, at.done, at.total, at.findings),
      })
      for (const { says } of scenarioOfPlayed(played, budget.trials, false).findings)
        progress.found(`F${++found}`, says, card.name)
      all.push(played)
    }
  } finally {
    progress.end()
    interrupt.release()
  }
  return all
}

async function runOne(
  project: Project,
  card: ScenarioCard,
  parts: readonly Part[],
  budget: Budget,
  listeners: Pick<CampaignPlan, 'signal' | 'onTrial' | 'onProgress'>,
): Promise<Played> {
  const path = `${project.config.folder}/${card.file}`
  try {
    const plan: CampaignPlan = {
      ...listeners,
      scenario: { name: card.name, file: card.file, breaks: card.breaks },
      hands: project.hands,
      seed: budget.seed,
      preset: budget.presetOf(card),
      trials: budget.trials,
      strategy: budget.strategy,
      timeMs: budget.timeMs,
      repros: keptFor(path, card.name).map((repro) => repro.decisions),
      now: () => Date.now(),
    }
    const records = await runParts(plan, parts)
    return { name: card.name, parts: records.map((part) => withState(part, path)) }
  } catch (error) {
    if (!isStormproofError(error) || error.code === 'internal' || error.code === 'unwritable') throw error
    const { message, remedy = '' } = error
    return {
      name: card.name,
      parts: [],
      instead: scenarioNotRun({ file: card.file, name: card.name, message, remedy }),
    }
  }
}

const withState = ({ nondeterminism, ...part }: PartRecord, path: string): PartRecord => ({
  ...part,
  nondeterminism: nondeterminism && { ...nondeterminism, state: moduleState(path) },
})

function saved(files: RecordFolder): void {
  try {
    files.flush()
  } catch {
    // Nobody is left to be told.
  }
}
