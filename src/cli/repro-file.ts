/** Kept repros: `checkout.scenario.ts` → `checkout.repros.json` beside it, committed, run first. */

import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { StormproofError } from '../core/error.js'
import { didYouMean } from '../core/nearest.js'
import { decodeToken, type Repro } from '../core/token.js'
import type { FindingRecord } from '../report/record.js'
import type { FileTrouble } from './load-scenarios.js'

/** One kept failure; `promise` is for people. */
export interface KeptRepro {
  readonly scenario: string
  readonly invariant: string
  readonly promise: string
  readonly token: string
}

export const reproFileOf = (scenarioFile: string): string =>
  join(dirname(scenarioFile), `${basename(scenarioFile).replace(/(\.scenario)?\.[cm]?[jt]sx?$/, '')}.repros.json`)

/** Empty where there is no file. Throws a `scenario` error for a file that is not a list of repros. */
export function readRepros(scenarioFile: string): readonly KeptRepro[] {
  const file = reproFileOf(scenarioFile)
  if (!existsSync(file)) return []
  let value: unknown
  try {
    value = JSON.parse(readFileSync(file, 'utf8'))
  } catch {
    value = undefined
  }
  const repros = (value as { repros?: unknown } | undefined)?.repros
  if (!Array.isArray(repros) || !repros.every(isKept))
    throw new StormproofError('scenario', `${named(file)} is not a list of kept repros`, {
      remedy: 'delete it, and keep findings again: npx stormproof keep F1',
    })
  for (const repro of repros) checkToken(repro, file)
  return repros
}

function checkToken({ token }: KeptRepro, file: string): void {
  try {
    decodeToken(token)
  } catch (error) {
    throw new StormproofError(
      'corrupt-token',
      `${named(file)}: ${error instanceof Error ? error.message : String(error)}`,
      {
        remedy: 'restore the file from version control, or remove that repro from it and keep the finding again',
        cause: error,
      },
    )
  }
}

const named = (file: string): string => relative(process.cwd(), file)

/** The decisions of the kept repros of one scenario. Throws like `readRepros`. */
export const keptFor = (scenarioFile: string, scenario: string): readonly Repro[] =>
  readRepros(scenarioFile)
    .filter((kept) => kept.scenario === scenario)
    .map((kept) => decodeToken(kept.token))
    .filter((repro) => 'decisions' in repro)

/** A kept repro of a scenario that its file does not have (any more) would never run: it is told as trouble with the file of repros. */
export function homelessRepros(folder: string, file: string, names: readonly string[]): readonly FileTrouble[] {
  let repros: readonly KeptRepro[]
  try {
    repros = readRepros(join(folder, file))
  } catch {
    // Told when the scenario is run.
    return []
  }
  const strange = new Set(repros.map((repro) => repro.scenario).filter((name) => !names.includes(name)))
  return [...strange].map((name) => ({
    file: reproFileOf(file),
    message: `it keeps a repro of the scenario ${JSON.stringify(name)}, which ${file} does not have`,
    remedy: `${didYouMean(name, names, 'if the scenario was renamed, rename it here')} \`npx stormproof keep prune\` removes what no longer applies`,
  }))
}

/** False when the same repro is kept already. */
export function keepRepro(scenarioFile: string, finding: FindingRecord): boolean {
  const before = readRepros(scenarioFile)
  if (before.some((repro) => repro.token === finding.token)) return false
  writeRepros(scenarioFile, [
    ...before,
    { scenario: finding.scenario, invariant: finding.violation.invariant, promise: finding.says, token: finding.token },
  ])
  return true
}

/** An empty list removes the file. */
export function writeRepros(scenarioFile: string, repros: readonly KeptRepro[]): void {
  const file = reproFileOf(scenarioFile)
  if (repros.length === 0) {
    rmSync(file, { force: true })
    return
  }
  const sorted = [...repros].sort((a, b) => (a.scenario + a.token < b.scenario + b.token ? -1 : 1))
  writeFileSync(file, `${JSON.stringify({ repros: sorted }, null, 2)}\n`)
}

function isKept(value: unknown): value is KeptRepro {
  const one = value as Partial<KeptRepro> | null
  return typeof one === 'object' && one !== null && typeof one.scenario === 'string' && typeof one.token === 'string'
}
