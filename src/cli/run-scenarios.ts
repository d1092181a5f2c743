/** The campaigns of a run, one scenario after the other. What goes wrong with one is told in its record and does not stop the others. */

import { trialLine } from '../../reporters/ndjson.js'
import { isStormproofError } from '../core/error.js'
import { runCampaign } from '../explore/campaign.js'
import type { ScenarioRecord, TrialRecord } from '../report/record.js'
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
  readonly timeMs: number
  presetOf(card: ScenarioCard): string
}

export async function runScenarios(
  project: Project,
  cards: readonly ScenarioCard[],
  budget: Budget,
  line: CommandLine,
  terminal: Terminal,
  files: RecordFolder,
): Promise<readonly ScenarioRecord[]> {
  const progress = progressOn(terminal, line.quiet ? 'none' : line.progress, () => performance.now())
  const stopping = new AbortController()
  const interrupt = onInterrupt(
    terminal,
    () => stopping.abort(),
    () => saved(files),
  )
  const records: ScenarioRecord[] = []
  const onTrial = (trial: TrialRecord): void => {
    files.trial(trial)
    if (line.json) terminal.out(trialLine(trial))
  }
  try {
    for (const card of cards) {
      if (stopping.signal.aborted) {
        records.push(notReached(card))
        continue
      }
      const record = await runOne(project, card, budget, {
        signal: stopping.signal,
        onTrial,
        onProgress: (at) => progress.moved(card.name, at.done, at.total, at.findings),
      })
      const before = records.reduce((sum, one) => sum + one.findings.length, 0)
      for (const [index, finding] of record.findings.entries())
        progress.found(`F${before + index + 1}`, finding.says, card.name)
      records.push(record)
    }
  } finally {
    progress.end()
    interrupt.release()
  }
  return records
}

type Plan = Parameters<typeof runCampaign>[0]

async function runOne(
  project: Project,
  card: ScenarioCard,
  budget: Budget,
  listeners: Pick<Plan, 'signal' | 'onTrial' | 'onProgress'>,
): Promise<ScenarioRecord> {
  const path = `${project.config.folder}/${card.file}`
  try {
    const record = await runCampaign({
      ...listeners,
      scenario: card,
      hands: project.hands,
      seed: budget.seed,
      preset: budget.presetOf(card),
      trials: budget.trials,
      timeMs: budget.timeMs,
      repros: keptFor(path, card.name).map((repro) => repro.decisions),
      now: () => Date.now(),
    })
    const { nondeterminism } = record
    return nondeterminism ? { ...record, nondeterminism: { ...nondeterminism, state: moduleState(path) } } : record
  } catch (error) {
    if (!isStormproofError(error) || error.code === 'internal' || error.code === 'unwritable') throw error
    const { message, remedy = '' } = error
    return scenarioNotRun({ file: card.file, name: card.name, message, remedy })
  }
}

function saved(files: RecordFolder): void {
  try {
    files.flush()
  } catch {
    // Nobody is left to be told.
  }
}
