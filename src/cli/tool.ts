/** `stormproof tool ./refund.ts#export`: one tool put to the test, clause by clause; its card, its record, its exit code. */

import { existsSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { startLine } from '../../reporters/ndjson.js'
import { StormproofError } from '../core/error.js'
import { schemaVersion } from '../report/record.js'
import { type Danger, noDanger } from '../tooltest/deadly.js'
import type { CommandLine } from './command-line.js'
import { commitHere, environmentAt } from './environment.js'
import { chosenReporters, giveReports } from './give-reports.js'
import { onInterrupt } from './interrupt.js'
import { type Manifest, planDigest } from './manifest.js'
import { progressOn } from './progress.js'
import { openConfig } from './project.js'
import { openRecordFolder } from './record-folder.js'
import type { Terminal } from './terminal.js'
import { toolCampaign } from './tool-campaign.js'
import { askToolProcess, type ToolDeath } from './tool-child.js'
import type { Judged, JudgeOrder } from './tool-message.js'
import { packageVersion } from './version.js'

const defaultCases = 1_000

export async function tool(line: CommandLine, folder: string, terminal: Terminal): Promise<number> {
  const started = Date.now()
  const order = orderOf(line, folder)
  const config = await openConfig(line, folder)
  const manifest = manifestOf(line, order, started)
  const { campaign } = manifest
  const files = openRecordFolder(line.out ?? join(config.folder, '.stormproof'), manifest)
  if (line.json)
    terminal.out(startLine({ campaign, seed: String(order.seed), preset: 'none', trials: 0, scenarios: [] }))
  const judged = await judgedOutside(order, line, terminal)
  if (judged === undefined) return 130
  const environment = environmentAt(started, line.reproducible)
  const file = relative(config.folder, resolve(folder, order.file)).replaceAll('\\', '/')
  const record = toolCampaign(judged, { campaign, seed: String(order.seed), file, environment })
  files.end(record)
  await giveReports(record, chosenReporters(line, config.config), {
    line,
    folder: files,
    root: config.folder,
    terminal,
  })
  return record.exitCode
}

function orderOf({ words, seed = '1', cases }: CommandLine, folder: string): JudgeOrder {
  const [target, ...more] = words
  if (target === undefined || more.length > 0)
    throw new StormproofError('usage', 'tool needs the file of one tool', {
      remedy: 'npx stormproof tool ./refund.ts, or ./refund.ts#export where it has several',
    })
  const [file = '', exported] = target.split('#')
  if (!existsSync(resolve(folder, file)))
    throw new StormproofError('usage', `there is no file ${JSON.stringify(file)}`, {
      remedy: 'npx stormproof tool ./refund.ts#export: the file that your tool is in, relative to where you are',
    })
  if (!/^\d{1,15}$/.test(seed))
    throw new StormproofError('usage', `the seed of a tool is a whole number, ${JSON.stringify(seed)} came`, {
      remedy: 'for instance --seed=7',
    })
  return { kind: 'judge', folder, file, exported, seed: Number(seed), cases, danger: noDanger }
}

/** Undefined: it was interrupted. A case that ends or stalls the process is told, and the rest is played without it. */
async function judgedOutside(order: JudgeOrder, line: CommandLine, terminal: Terminal): Promise<Judged | undefined> {
  const stopping = new AbortController()
  const progress = progressOn(terminal, line.quiet ? 'none' : line.progress, () => performance.now())
  const interrupt = onInterrupt(
    terminal,
    () => stopping.abort(),
    () => {},
  )
  const total = order.cases ?? defaultCases
  let danger = order.danger
  try {
    for (;;) {
      const broken = new Set<string>()
      let played = 0
      const answer = await askToolProcess(
        { ...order, danger },
        {
          silenceMs: line.hangMs,
          signal: stopping.signal,
          onText: (text) => terminal.error(text),
          onMessage: (message) => {
            if (message.kind === 'case') played++
            if (message.kind === 'clause' && message.isBroken) broken.add(message.name)
            progress.moved(order.exported ?? order.file, Math.min(played, total), total, broken.size)
          },
        },
      )
      if (stopping.signal.aborted) return undefined
      if (answer.kind === 'judged') return answer
      if (answer.kind === 'wrong') throw new StormproofError('usage', answer.message, { remedy: answer.remedy })
      const next = answer.kind === 'death' ? dangerAfter(answer, danger) : undefined
      if (!next)
        throw new StormproofError(
          'scenario',
          `while ${order.file} was loaded, ${answer.kind === 'death' ? answer.why : ''}`,
          {
            remedy: 'what it imports must not end or stall the process',
          },
        )
      danger = next
    }
  } finally {
    progress.end()
    interrupt.release()
  }
}

/** Each death costs seconds: a few cases are left out, then clauses are given up, and in the end all of them. */
const patience = { cases: 3, deaths: 8 }

/** Undefined: it died before it played anything. */
function dangerAfter({ trial, clause, why }: ToolDeath, before: Danger): Danger | undefined {
  if (!trial) return undefined
  const deadly = [...before.deadly, { trial, why }]
  const isPatient = deadly.length < patience.cases
  return {
    deadly,
    givenUp: isPatient || clause === undefined ? before.givenUp : [...before.givenUp, clause],
    isHopeless: deadly.length >= patience.deaths || (!isPatient && clause === undefined),
  }
}

function manifestOf({ reproducible }: CommandLine, { file, exported = '', seed, cases }: JudgeOrder, started: number) {
  const name = `${file}#${exported} ${cases ?? defaultCases}`
  const manifest: Manifest = {
    ...{
      schemaVersion,
      campaign: '',
      seed: String(seed),
      preset: 'none',
      trials: 0,
      timeMs: 0,
      gates: {},
      reproducible,
    },
    scenarios: [{ name, file, preset: 'none' }],
    versions: { stormproof: packageVersion(), node: process.version },
    commit: commitHere(),
  }
  const now = `${new Date(started).toISOString().replace(/[-:]/g, '').slice(0, 15)}-${process.pid}`
  return { ...manifest, campaign: reproducible ? planDigest(manifest) : now }
}
