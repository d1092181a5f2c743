/** `stormproof keep`: failures as regression tests beside their scenario. */

import { join } from 'node:path'
import { StormproofError } from '../core/error.js'
import { forTerminal } from '../core/sanitize.js'
import { decodeToken } from '../core/token.js'
import { isHang } from '../explore/finding-book.js'
import type { CommandLine } from './command-line.js'
import type { FoundConfig } from './find-config.js'
import { findFiles } from './find-files.js'
import { defaultGlob, openConfig, openProject } from './project.js'
import { readLatest } from './record-folder.js'
import { type KeptRepro, keepRepro, readRepros, reproFileOf, writeRepros } from './repro-file.js'
import type { Terminal } from './terminal.js'

export async function keep(line: CommandLine, folder: string, terminal: Terminal): Promise<number> {
  const config = await openConfig(line, folder)
  const [word] = line.words
  if (word === undefined)
    throw new StormproofError('usage', 'keep needs the name of a finding', {
      remedy: 'npx stormproof keep F1, keep list or keep prune',
    })
  if (word === 'list') return list(config, line, terminal)
  if (word === 'prune') return prune(config, terminal)
  for (const id of line.words) keepOne(config, line, id, terminal)
  return 0
}

function keepOne(config: FoundConfig, line: CommandLine, id: string, terminal: Terminal): void {
  const record = readLatest(line.out ?? join(config.folder, '.stormproof'))
  const findings = record.scenarios.flatMap((scenario) =>
    scenario.findings.map((finding) => ({ finding, file: scenario.file })),
  )
  const match = findings.find(({ finding }) => finding.id.toLowerCase() === id.toLowerCase())
  if (!match) {
    const names = findings.map(({ finding }) => finding.id).join(', ')
    throw new StormproofError('usage', `the last campaign has no finding ${JSON.stringify(id)}`, {
      remedy: names === '' ? 'it had none at all: run first, npx stormproof' : `it has ${names}`,
    })
  }
  if (match.finding.origin === 'case')
    throw new StormproofError('usage', `${match.finding.id} is of a tool: there is no scenario to keep it beside`, {
      remedy: `a test keeps it from coming back: toolTest(…) from 'stormproof/vitest'`,
    })
  if (isHang(match.finding))
    throw new StormproofError('usage', `${match.finding.id} is a trial that stood still: it cannot be kept`, {
      remedy: `run it again with: npx stormproof replay ${match.finding.token}`,
    })
  const file = join(config.folder, match.file)
  const added = keepRepro(file, match.finding)
  terminal.out(
    ` ${match.finding.id}  ${forTerminal(match.finding.says)}  ${added ? 'kept in' : 'is kept already in'} ${reproFileOf(match.file)}\n`,
  )
}

function kept(config: FoundConfig): readonly { readonly file: string; readonly repros: readonly KeptRepro[] }[] {
  const { scenarios: globs = defaultGlob } = config.config
  return findFiles(config.folder, typeof globs === 'string' ? [globs] : globs)
    .map((file) => ({ file, repros: readRepros(join(config.folder, file)) }))
    .filter(({ repros }) => repros.length > 0)
}

function list(config: FoundConfig, line: CommandLine, terminal: Terminal): number {
  const files = kept(config)
  if (line.json)
    for (const { file, repros } of files)
      for (const repro of repros) terminal.out(`${JSON.stringify({ file: reproFileOf(file), ...repro })}\n`)
  else if (files.length === 0)
    terminal.out(' nothing is kept: npx stormproof keep F1 keeps a finding of the last run\n')
  else
    for (const { file, repros } of files)
      terminal.out(
        [
          ` ${reproFileOf(file)}`,
          ...repros.map(
            (repro) =>
              `   ${forTerminal(repro.scenario)}  ${forTerminal(repro.promise ?? '')}\n     npx stormproof replay ${forTerminal(repro.token)}`,
          ),
          '',
        ].join('\n'),
      )
  return 0
}

/** Removes what no longer applies. A repro that passes stays: it is there to keep passing. */
async function prune(config: FoundConfig, terminal: Terminal): Promise<number> {
  const project = await openProject(config, 1, terminal)
  try {
    const [hands] = project.hands
    for (const { file, repros } of kept(config)) {
      if (project.troubles.some((trouble) => trouble.file === file)) continue
      const staying: KeptRepro[] = []
      for (const repro of repros) {
        const applies =
          project.scenarios.some((card) => card.name === repro.scenario) && (await stillApplies(repro, hands))
        if (applies) staying.push(repro)
        else
          terminal.out(
            ` removed from ${reproFileOf(file)}: ${forTerminal(repro.scenario)}, ${forTerminal(repro.promise ?? '')} (no longer applies)\n`,
          )
      }
      if (staying.length < repros.length) writeRepros(join(config.folder, file), staying)
    }
    return 0
  } finally {
    await project.close()
  }
}

async function stillApplies(
  kept: KeptRepro,
  hands: Awaited<ReturnType<typeof openProject>>['hands'][number] | undefined,
): Promise<boolean> {
  const repro = decodeToken(kept.token)
  if (!('decisions' in repro) || !hands) return true
  const [report] = await hands.trials(kept.scenario, [
    { origin: 'replay', index: 0, source: { kind: 'replay', decisions: repro.decisions } },
  ])
  return report === undefined || report.unmet.length === 0 || report.record.violations.length > 0
}
