/** A record to its readers: what reporters print goes to the terminal, what they write beside the record. */

import { appendFileSync, existsSync, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { endLine, findingLine, gateLine } from '../../reporters/ndjson.js'
import { type BuiltIn, reporters as builtIn } from '../../reporters/registry.js'
import { forTerminal } from '../core/sanitize.js'
import type { Config, ReporterName } from '../report/config.js'
import type { CampaignRecord } from '../report/record.js'
import { campaignOf, findingOf } from '../report/reporter.js'
import { codingAssistant } from './coding-assistant.js'
import type { CommandLine } from './command-line.js'
import { readHistory } from './record-folder.js'
import type { Terminal } from './terminal.js'

type Chosen = NonNullable<Config['reporters']>[number]

/** Where the files of reporters go. */
export interface ReportFolder {
  /** Absolute. */
  readonly path: string
  file(path: string, bytes: string | Uint8Array): void
}

/** Those named on the command line, else those of the configuration, else what fits who is looking. */
export function chosenReporters(line: CommandLine, config: Config): readonly Chosen[] {
  if (line.reporters) return line.reporters
  if (config.reporters) return config.reporters
  const printed: ReporterName = codingAssistant(process.env) ? 'agent' : 'console'
  return process.env['GITHUB_ACTIONS'] === 'true' ? [printed, 'github'] : [printed]
}

export async function giveReports(
  record: CampaignRecord,
  chosen: readonly Chosen[],
  { line, folder, root, terminal }: { line: CommandLine; folder: ReportFolder; root: string; terminal: Terminal },
): Promise<void> {
  if (line.json) terminal.out([...lines(record), endLine(record)].join(''))
  const options = {
    width: terminal.width,
    color: terminal.color,
    quiet: line.quiet,
    verbose: line.verbose,
    folder: shown(folder.path),
    at: (path: string) => resolve(root, path),
  }
  for (const one of chosen) {
    if (typeof one !== 'string') {
      for (const finding of findingsOf(record)) one.onFinding?.(findingOf(finding))
      await one.onEnd(campaignOf(record), { write: (path, bytes) => folder.file(path, bytes) })
      continue
    }
    const reporter: BuiltIn = builtIn[one]
    if (!line.json && reporter.print) terminal.out(reporter.print(record, options))
    if (reporter.file)
      folder.file(
        reporter.file.name,
        reporter.file.text(record, (finding) => readHistory(folder.path, finding), line.traceEpochMs),
      )
    if (reporter.summary) writeSummary((mostBytes) => reporter.summary?.(record, mostBytes) ?? '', terminal)
  }
}

const findingsOf = (record: CampaignRecord) => record.scenarios.flatMap((scenario) => scenario.findings)
const lines = (record: CampaignRecord): readonly string[] => [
  ...findingsOf(record).map(findingLine),
  ...record.gates.map(gateLine),
]

/** GitHub drops the whole page of a step that is longer than 1 MiB, whoever wrote what on it. */
const pageBytes = 1024 * 1024
/** Ours has room for others after it. */
const ownBytes = 900 * 1024
/** Less says nothing. */
const leastBytes = 2_000

/** The page of the job is a courtesy: what cannot be written is said, and changes no result. */
function writeSummary(markdown: (mostBytes: number) => string, terminal: Terminal): void {
  const page = process.env['GITHUB_STEP_SUMMARY']
  if (!page) return
  try {
    const left = Math.min(ownBytes, pageBytes - 1 - (existsSync(page) ? statSync(page).size : 0))
    if (left >= leastBytes) appendFileSync(page, markdown(left))
    else terminal.error(' the summary of the job is full: what was found is in the record alone\n')
  } catch (error) {
    terminal.error(` the summary of the job cannot be written: ${forTerminal(String(error))}\n`)
  }
}

/** Relative where that is shorter. */
const shown = (path: string): string =>
  path.startsWith(`${process.cwd()}/`) ? path.slice(process.cwd().length + 1) : path
