/** NDJSON that a campaign wrote, read again: each line is looked at, and what does not fit is told by its line and by what must stand there. */

import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { StormproofError } from '../core/error.js'
import { lineShape, trialShape } from '../report/line-shape.js'
import { type CampaignRecord, type FindingRecord, type Gate, schemaVersion } from '../report/record.js'
import { recordShape } from '../report/record-shape.js'
import { wrongWords } from '../report/shape.js'
import { remedyOfMisfit } from './record-folder.js'

interface Line {
  readonly type: string
  readonly [name: string]: unknown
}

/** The record of a campaign from its stream, as `--json` prints it. Throws `usage` for the first line that does not fit. */
export function readStream(file: string): CampaignRecord {
  const lines: Line[] = []
  eachLine(file, (value, number) => {
    checkVersion(file, number, value)
    const wrong = lineShape(value)
    if (wrong) throw misfit(file, number, wrongWords(wrong))
    lines.push(value as Line)
  })
  const end = lines.at(-1)
  if (end?.type !== 'campaign-end')
    throw misfit(file, lines.length + 1, ', where the line `campaign-end` must stand: the campaign did not end')
  const record = { ...end, gates: gatesIn(lines), scenarios: scenariosIn(lines, end) }
  const wrong = recordShape(record, '')
  if (wrong) throw misfit(file, lines.length, wrongWords(wrong))
  return record as unknown as CampaignRecord
}

/** The first line of the trials beside a record that does not fit, in words; undefined where all do, and where there are none. */
export function misfitAmongTrials(folder: string): string | undefined {
  const file = join(folder, 'trials.ndjson')
  if (!existsSync(file)) return undefined
  try {
    eachLine(file, (value, number) => {
      const wrong = trialShape(value, '')
      if (wrong) throw misfit(file, number, wrongWords(wrong))
    })
    return undefined
  } catch (error) {
    if (error instanceof StormproofError) return error.message
    throw error
  }
}

function eachLine(file: string, look: (value: unknown, number: number) => void): void {
  const lines = readFileSync(file, 'utf8').split('\n')
  if (lines.at(-1) === '') lines.pop()
  for (const [index, line] of lines.entries()) look(parsed(file, index + 1, line), index + 1)
}

function parsed(file: string, number: number, line: string): unknown {
  try {
    return JSON.parse(line) as unknown
  } catch (error) {
    throw misfit(file, number, `: ${(error as Error).message}`)
  }
}

function checkVersion(file: string, number: number, value: unknown): void {
  const version = (value as { schemaVersion?: unknown } | null)?.schemaVersion
  if (typeof version === 'number' && version !== schemaVersion)
    throw misfit(file, number, `, where schema ${schemaVersion} must stand: it is of version ${version}`)
}

const gatesIn = (lines: readonly Line[]): readonly Gate[] =>
  lines.filter(({ type }) => type === 'gate').map(({ type: _, ...gate }) => gate as unknown as Gate)

/** The last line has the findings of a scenario by their ids; each has a line of its own. */
function scenariosIn(lines: readonly Line[], end: Line): readonly object[] {
  const findings = lines
    .filter(({ type }) => type === 'finding')
    .map(({ type: _, ...finding }) => finding as unknown as FindingRecord)
  return (end['scenarios'] as readonly { readonly name: string; readonly findings: readonly string[] }[]).map(
    (scenario) => ({
      ...scenario,
      findings: scenario.findings.flatMap(
        (id) => findings.find((one) => one.id === id && one.scenario === scenario.name) ?? [],
      ),
    }),
  )
}

const misfit = (file: string, line: number, words: string): StormproofError =>
  new StormproofError('usage', `${file} is damaged in line ${line}${words}`, {
    remedy: `the schema is stormproof/record.schema.json; ${remedyOfMisfit}`,
  })
