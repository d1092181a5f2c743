/** What the tests of a scenario leave for the reporter: they run in other processes, and their files in a folder that it names. */

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { digest } from '../core/digest.js'
import type { ScenarioRecord, TrialRecord } from '../report/record.js'

const variable = 'STORMPROOF_VITEST_RECORDS'

export interface LeftRecord {
  readonly scenario: ScenarioRecord
  readonly seed: string
  readonly preset: string
  readonly trials: number
  readonly timeMs: number
  /** Lines of `trials.ndjson`. */
  readonly ran: readonly TrialRecord[]
  /** Events of each finding that has a history, by its number. */
  readonly histories: Readonly<Record<string, readonly string[]>>
}

/** Whether anybody collects. Through the environment: a record in the meta of a task would be copied into every JSON that vitest writes. */
export const isCollected = (): boolean => (process.env[variable] ?? '') !== ''

/** A scenario may be tested more than once, under other faults or with another seed; the same again shows the same. */
export function leaveRecord(record: LeftRecord): void {
  const folder = process.env[variable]
  if (!folder) return
  const { file, name } = record.scenario
  const key = digest([file, name, record.seed, record.preset, record.trials])
  writeFileSync(join(folder, `${key}.json`), JSON.stringify(record))
}

export interface Collection {
  /** In the order of files and names. Empties it: in watch mode another run follows. */
  take(): readonly LeftRecord[]
  close(): void
}

/** Must begin before vitest starts its workers. */
export function collectRecords(): Collection {
  const folder = mkdtempSync(join(tmpdir(), 'stormproof-vitest-'))
  process.env[variable] = folder
  return {
    take() {
      const records = readdirSync(folder).map((name) => {
        const file = join(folder, name)
        const record = JSON.parse(readFileSync(file, 'utf8')) as LeftRecord
        rmSync(file)
        return record
      })
      return records.sort(inOrder)
    },
    close() {
      delete process.env[variable]
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** What was tried longest comes first of what is tested more than once. */
function inOrder(one: LeftRecord, other: LeftRecord): number {
  const place = ({ scenario }: LeftRecord): string => `${scenario.file}\n${scenario.name}`
  const budget = ({ preset, seed }: LeftRecord): string => `${preset}\n${seed}`
  return inText(place(one), place(other)) || other.trials - one.trials || inText(budget(one), budget(other))
}

const inText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)
