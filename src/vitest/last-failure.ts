/** What failed in the last run of a watched vitest: the next one begins with it. Test files run in other processes, so a folder remembers. */

import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { digest } from '../core/digest.js'
import type { Budget } from '../explore/budget.js'
import { isHang } from '../explore/finding-book.js'
import type { FindingRecord } from '../report/record.js'
import { type Scenario, scenarioOf } from '../scenario/define-scenario.js'

const variable = 'STORMPROOF_VITEST_WATCH'

/** From now on tests remember what failed. Once a process, before vitest starts its workers. */
export function rememberFailures(): void {
  if (process.env[variable]) return
  const folder = mkdtempSync(join(tmpdir(), 'stormproof-watch-'))
  process.env[variable] = folder
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
}

/** Tokens of the findings that the last whole campaign of this scenario and this budget had; empty where nobody watches. */
export function lastFailures(scenario: Scenario, budget: Budget): readonly string[] {
  const file = fileFor(scenario, budget)
  return file !== undefined && existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as string[]) : []
}

/** A hang is not remembered: nothing could be run before it had been waited for. */
export function noteFailures(scenario: Scenario, budget: Budget, findings: readonly FindingRecord[]): void {
  const file = fileFor(scenario, budget)
  if (file === undefined) return
  const tokens = findings.filter((finding) => !finding.known && !isHang(finding)).map(({ token }) => token)
  writeFileSync(file, JSON.stringify(tokens))
}

function fileFor(scenario: Scenario, { seed, faults, trials }: Budget): string | undefined {
  const folder = process.env[variable]
  const { file, name } = scenarioOf(scenario)
  return folder
    ? join(folder, `${digest([file ?? '', name, String(seed), String(faults), String(trials)])}.json`)
    : undefined
}
