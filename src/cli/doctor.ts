/** `stormproof doctor`: shows on this machine that one seed gives the same bytes, whichever process runs it and in whatever order. */

import { digest } from '../core/digest.js'
import { forTerminal } from '../core/sanitize.js'
import { firstDifference, seedText } from '../explore/double-run.js'
import { exitCodes } from '../explore/exit-code.js'
import type { Bytes, Hands, Job } from '../explore/hands.js'
import { presetOf } from '../explore/preset.js'
import { calmJob, stormJob } from '../explore/source-spec.js'
import type { CommandLine } from './command-line.js'
import { openConfig, openProject, selectScenarios } from './project.js'
import type { Terminal } from './terminal.js'
import { packageVersion } from './version.js'

const storms = 4

export async function doctor(line: CommandLine, folder: string, terminal: Terminal): Promise<number> {
  const config = await openConfig(line, folder)
  const project = await openProject(config, 3, terminal, line.hangMs)
  try {
    const { version, platform, arch } = process
    if (!line.json) terminal.out(` stormproof ${packageVersion()}   node ${version}   ${platform} ${arch}\n`)
    for (const trouble of project.troubles)
      terminal.error(` ✗ ${trouble.file} was not loaded: ${forTerminal(trouble.message)}\n`)
    const jobs = [
      calmJob,
      ...Array.from({ length: storms }, (_, index) =>
        stormJob(line.seed ?? '1', presetOf(line.faults ?? 'stormy'), index + 1),
      ),
    ]
    let exit: number = project.troubles.length > 0 ? exitCodes['scenario-error'] : 0
    if (project.scenarios.length === 0)
      terminal.out(' no scenario here to prove anything with: a scenario file is called something.scenario.ts\n')
    for (const { name } of selectScenarios(project.scenarios, [...line.words, ...line.filters])) {
      const { hash, trouble } = await examine(name, jobs, project.hands as readonly [Hands, Hands, Hands])
      if (line.json) terminal.out(`${JSON.stringify({ scenario: name, hash, equal: trouble === undefined })}\n`)
      else if (trouble !== undefined) terminal.out(` ✗ ${name}  ${forTerminal(trouble)}\n`)
      else
        terminal.out(
          line.hashes
            ? ` ${hash}  ${name}\n`
            : ` ✓ ${name}  ${jobs.length} trials gave the same bytes twice in one process, in a fresh one, and in another order\n`,
        )
      if (trouble !== undefined) exit = exitCodes.nondeterministic
    }
    return exit
  } finally {
    await project.close()
  }
}

/** The same trials: twice here, in a second process, there in fresh copies of its modules, and backwards in a third. */
async function examine(
  scenario: string,
  jobs: readonly Job[],
  [here, there, backwards]: readonly [Hands, Hands, Hands],
): Promise<{ hash: string; trouble: string | undefined }> {
  const inOrder = async (hands: Hands, fresh = false): Promise<readonly Bytes[]> => {
    const all: Bytes[] = []
    for (const job of jobs) all.push(await hands.bytes(scenario, { ...job, fresh }))
    return all
  }
  const first = await inOrder(here)
  const reversed: Bytes[] = []
  for (const job of jobs.toReversed()) reversed.unshift(await backwards.bytes(scenario, job))
  const others = [
    ['the second time in one process', await inOrder(here)],
    ['in a fresh process', await inOrder(there)],
    ['in a fresh copy of its modules: it keeps state between trials', await inOrder(there, true)],
    ['in another order', reversed],
  ] as const
  const hash = digest(first.map(({ fingerprint, events }) => [fingerprint, events]))
  for (const [when, bytes] of others) {
    for (const [index, one] of first.entries()) {
      const apart = firstDifference(one, bytes[index] as Bytes, seedText(jobs[index] as Job))
      if (apart)
        return {
          hash,
          trouble: `${apart.seed || 'the calm day'} differs ${when}, first at event ${apart.seq} (${apart.where})\n     ${apart.first}\n     ${apart.second}`,
        }
    }
  }
  return { hash, trouble: undefined }
}
