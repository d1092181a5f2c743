/** A reporter of vitest: what its `simTest`s showed becomes the same record that the command line leaves, for every reporter there is. */

import { join } from 'node:path'
import { parseCommandLine } from '../cli/command-line.js'
import { commitHere, environmentAt } from '../cli/environment.js'
import { giveReports } from '../cli/give-reports.js'
import { openRecordFolder } from '../cli/record-folder.js'
import type { Terminal } from '../cli/terminal.js'
import { isStormproofError } from '../core/error.js'
import { forTerminal } from '../core/sanitize.js'
import { combine } from '../explore/combine.js'
import { exitCodes } from '../explore/exit-code.js'
import type { GatesConfig } from '../explore/gates.js'
import { counted } from '../report/brief.js'
import type { Config } from '../report/config.js'
import type { CampaignRecord } from '../report/record.js'
import { type Collection, collectRecords, type LeftRecord } from './left-record.js'

export interface StormproofReporterOptions {
  /** Who reads the record at once: `['html', 'junit']`. Default: nobody; `npx stormproof report` does later. */
  readonly reporters?: NonNullable<Config['reporters']>
  /** Where records go, from the root of vitest. Default `.stormproof`. */
  readonly out?: string
  /** As in `stormproof.config.ts`. They are told in the record; vitest fails by its tests alone. */
  readonly gates?: GatesConfig
}

/** As much of a vitest reporter as this one is. */
export interface StormproofReporter {
  onInit(vitest: { readonly config: { readonly root: string } }): void
  onTestRunStart(): void
  onTestRunEnd(
    modules: readonly unknown[],
    errors: readonly unknown[],
    reason: 'passed' | 'failed' | 'interrupted',
  ): Promise<void>
}

/** `reporters: ['default', stormproofReporter()]` in vitest's configuration. */
export function stormproofReporter(options: StormproofReporterOptions = {}): StormproofReporter {
  let root = process.cwd()
  let started = Date.now()
  let collection: Collection | undefined
  return {
    onInit(vitest) {
      root = vitest.config.root
      const own = collectRecords()
      collection = own
      process.once('exit', () => own.close())
    },
    onTestRunStart() {
      started = Date.now()
      collection?.take()
    },
    async onTestRunEnd(_modules, _errors, reason) {
      const left = collection?.take() ?? []
      if (left.length === 0) return
      try {
        const written = { root, started, isInterrupted: reason === 'interrupted', ...options }
        // The one with the most scenarios last: it is the latest.
        for (const [index, some] of [...apart(left).entries()].reverse()) await writeRecord(some, index, written)
      } catch (error) {
        if (!isStormproofError(error)) throw error
        terminal.error(`\n ✗ stormproof: ${forTerminal(error.message)}\n   → ${forTerminal(error.remedy ?? '')}\n`)
        process.exitCode ||= exitCodes['scenario-error']
      }
    },
  }
}

interface Written extends StormproofReporterOptions {
  readonly root: string
  readonly started: number
  readonly isInterrupted: boolean
}

/** A record has each scenario once: what was tested again, under other faults or with another seed, comes into one more. */
function apart(left: readonly LeftRecord[]): readonly (readonly LeftRecord[])[] {
  const records: LeftRecord[][] = []
  for (const one of left) {
    const free = records.find((some) => !some.some(({ scenario }) => scenario.name === one.scenario.name))
    if (free) free.push(one)
    else records.push([one])
  }
  return records
}

async function writeRecord(left: readonly LeftRecord[], index: number, options: Written): Promise<void> {
  const { root, started, gates = {}, out = '.stormproof', reporters = [] } = options
  const environment = environmentAt(started)
  const campaign = `${environment.startedAt.replace(/[-:]/g, '').slice(0, 15)}-${process.pid}${index === 0 ? '' : `-${index + 1}`}`
  const [seed, preset] = [all(left.map((one) => one.seed)), all(left.map((one) => one.preset))]
  const trials = Math.max(...left.map((one) => one.trials))
  const folder = openRecordFolder(join(root, out), {
    ...{ schemaVersion: 1, campaign, seed, preset, trials, gates, reproducible: false, commit: commitHere() },
    timeMs: Math.max(...left.map(({ timeMs }) => timeMs)),
    scenarios: left.map((one) => ({ name: one.scenario.name, file: one.scenario.file, preset: one.preset })),
    versions: { stormproof: environment.stormproof, node: environment.node },
  })
  const scenarios = left.map(({ scenario }) => scenario)
  const whole = combine(scenarios, { campaign, seed, preset, trials, gates, environment })
  const record: CampaignRecord = options.isInterrupted
    ? { ...whole, result: 'interrupted', exitCode: exitCodes.interrupted }
    : whole
  for (const { ran } of left) for (const trial of ran) folder.trial(trial)
  for (const [index, { findings }] of record.scenarios.entries())
    for (const [number, finding] of findings.entries()) {
      const { histories, scenario } = left[index] as LeftRecord
      const events = histories[scenario.findings[number]?.id ?? '']
      if (events) folder.history(finding, events)
    }
  folder.end(record)
  const line = parseCommandLine([])
  await giveReports(record, reporters, { line, folder, root, terminal })
  terminal.out(`\n stormproof  the record of ${counted(left.length, 'scenario')}: ${forTerminal(folder.path)}\n`)
}

const all = (some: readonly string[]): string => [...new Set(some)].join(' + ')

const terminal: Terminal = {
  out: (text) => void process.stdout.write(text),
  error: (text) => void process.stderr.write(text),
  width: process.stdout.columns ?? 110,
  color: false,
  live: false,
}
