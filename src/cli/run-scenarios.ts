/** The campaigns of a run, one scenario after the other. What goes wrong with one is told in its record and does not stop the others. */

import { trialLine } from '../../reporters/ndjson.js'
import { isStormproofError } from '../core/error.js'
import { type CampaignPlan, runParts } from '../explore/campaign.js'
import { type Played, scenarioOfPlayed } from '../explore/join-parts.js'
import { type Part, type PartRecord, partsOf, type Unit } from '../explore/part.js'
import type { TrialRecord } from '../report/record.js'
import type { CommandLine } from './command-line.js'
import type { DonePart } from './done-parts.js'
import { onInterrupt } from './interrupt.js'
import type { Manifest } from './manifest.js'
import { moduleState } from './module-state.js'
import { notReached, scenarioNotRun } from './not-run.js'
import { progressOn } from './progress.js'
import type { Project } from './project.js'
import type { RecordFolder } from './record-folder.js'
import { keptFor } from './repro-file.js'
import type { Terminal } from './terminal.js'
import type { ScenarioCard } from './worker-message.js'

export interface Campaigns {
  readonly project: Project
  readonly cards: readonly ScenarioCard[]
  readonly units: readonly Unit[]
  readonly manifest: Manifest
  readonly line: CommandLine
  readonly terminal: Terminal
  readonly files: RecordFolder
  /** Parts that ran before. */
  readonly done: readonly DonePart[]
}

/** Of each scenario the parts among `units`; those of which there is none are left out. */
export async function runScenarios(campaigns: Campaigns): Promise<readonly Played[]> {
  const { cards, units, manifest, line, terminal, files, done } = campaigns
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
      const parts = partsOf(manifest.trials).filter(({ number }) => wanted.has(number))
      if (parts.length === 0) continue
      const before = done.filter(({ scenario }) => scenario === card.name)
      if (stopping.signal.aborted && !before.at(-1)?.last) {
        all.push({ name: card.name, parts: before.map(({ part }) => part), instead: notReached(card) })
        continue
      }
      const played = await runOne(campaigns, card, parts, before, {
        signal: stopping.signal,
        onTrial,
        onProgress: (at) => progress.moved(card.name, at.done, at.total, at.findings),
      })
      for (const { says } of scenarioOfPlayed(played, manifest.trials, false).findings)
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
  { project, manifest, files }: Campaigns,
  card: ScenarioCard,
  parts: readonly Part[],
  before: readonly DonePart[],
  listeners: Pick<CampaignPlan, 'signal' | 'onTrial' | 'onProgress'>,
): Promise<Played> {
  const path = `${project.config.folder}/${card.file}`
  const ran = before.map(({ part }) => part)
  const left = before.at(-1)?.last ? [] : parts.filter(({ number }) => ran.every(({ part }) => part !== number))
  try {
    const plan: CampaignPlan = {
      ...listeners,
      onPart: (part, last) => files.part({ scenario: card.name, part: withState(part, path), last }),
      scenario: { name: card.name, file: card.file, breaks: card.breaks },
      hands: project.hands,
      seed: manifest.seed,
      preset: manifest.scenarios.find(({ name }) => name === card.name)?.preset ?? manifest.preset,
      trials: manifest.trials,
      strategy: manifest.strategy,
      reliability: manifest.reliability ?? false,
      pairs: manifest.pairs,
      timeMs: manifest.timeMs,
      repros: keptFor(path, card.name).map((repro) => repro.decisions),
      now: () => Date.now(),
    }
    const records = await runParts(plan, left)
    return { name: card.name, parts: [...ran, ...records.map((part) => withState(part, path))] }
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
