/** `stormproof trace`: one trial as a trace on standard output: a finding of a record that lies there, or whatever a token replays. */

import { join, resolve } from 'node:path'
import { type Traced, tracedFinding } from '../../reporters/traced.js'
import { StormproofError } from '../core/error.js'
import type { AnyEvent } from '../core/event.js'
import { decodeToken } from '../core/token.js'
import type { Hands, Job } from '../explore/hands.js'
import { maskedEvents } from '../explore/masked.js'
import { jobOfSeedRepro } from '../explore/source-spec.js'
import type { CommandLine } from './command-line.js'
import type { FoundConfig } from './find-config.js'
import { openConfig, openProject } from './project.js'
import { latestFolder, readHistory, readRecord } from './record-folder.js'
import { checkScenario } from './replay.js'
import type { Terminal } from './terminal.js'
import { traceTexts } from './trace-format.js'

export async function trace(line: CommandLine, folder: string, terminal: Terminal): Promise<number> {
  const [what] = line.words
  if (what === undefined && !line.last)
    throw new StormproofError('usage', 'trace needs a token, or the name of a finding of the last campaign', {
      remedy: 'npx stormproof trace F1 --format=perfetto > trace.json',
    })
  const config = await openConfig(line, folder)
  const trial = what?.startsWith('v1.')
    ? await tracedToken(what, config, line, terminal)
    : lastFinding(what ?? '', resolve(line.out ?? join(config.folder, '.stormproof')))
  terminal.out(traceTexts[line.format](trial, line.traceEpochMs))
  return 0
}

function lastFinding(name: string, root: string): Traced {
  const path = latestFolder(root)
  const findings = readRecord(path).scenarios.flatMap((scenario) => scenario.findings)
  const finding = name === '' ? findings[0] : findings.find(({ id }) => id.toLowerCase() === name.toLowerCase())
  if (!finding)
    throw new StormproofError('usage', `the last campaign has no finding ${JSON.stringify(name)}`, {
      remedy: findings.length === 0 ? 'it had none: give a token' : `it has ${findings.map(({ id }) => id).join(', ')}`,
    })
  const events = readHistory(path, finding)
  if (events.length === 0)
    throw new StormproofError('usage', `the history of ${finding.id} was not kept`, {
      remedy: `npx stormproof trace ${finding.token}`,
    })
  return tracedFinding(finding, events)
}

/** Run once more, for its history. */
async function tracedToken(token: string, config: FoundConfig, line: CommandLine, terminal: Terminal): Promise<Traced> {
  const repro = decodeToken(token)
  const project = await openProject(config, 1, terminal, line.hangMs)
  try {
    checkScenario(project, repro.scenario)
    const job: Job =
      'seed' in repro
        ? jobOfSeedRepro(repro)
        : { origin: 'replay', index: 0, source: { kind: 'replay', decisions: repro.decisions } }
    const hands = project.hands[0] as Hands
    await hands.calm(repro.scenario)
    const [report] = await hands.trials(repro.scenario, [job])
    const lines = maskedEvents(await hands.bytes(repro.scenario, job))
    const events = lines.map((text) => JSON.parse(text) as AnyEvent)
    const broken = (report?.record.violations ?? []).map(({ invariant, because, seq }) => ({
      ...{ invariant, because },
      vt: events.find((event) => event.seq === seq)?.vt ?? 0,
    }))
    return { name: 'trial', scenario: repro.scenario, token, events, broken }
  } finally {
    await project.close()
  }
}
