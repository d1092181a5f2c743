/** The real program, in folders of its own: what it prints, how it ends, and what it leaves behind. */

import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { onTestFinished } from 'vitest'
import type { CampaignRecord, TrialRecord } from '../../src/report/record.js'

export const bin = resolve('bin/stormproof.js')
const scenarios = resolve('test/bad-input/scenarios')

/** Compiles when a source is newer than the compiled program. One test file does it, the others wait. */
export function build(): void {
  const lock = join(tmpdir(), `stormproof-build-${process.ppid}`)
  const until = Date.now() + 60_000
  for (;;) {
    try {
      mkdirSync(lock)
      break
    } catch {
      if (Date.now() > until) throw new Error(`somebody else seems to build for ever; if not, remove ${lock}`)
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100)
    }
  }
  try {
    const built = join('dist', 'src/cli/main.js')
    const newest = Math.max(...['src', 'reporters'].map(newestIn))
    if (!existsSync(built) || statSync(built).mtimeMs < newest)
      execFileSync(resolve('node_modules/.bin/tsc'), ['-p', 'tsconfig.build.json'])
  } finally {
    rmSync(lock, { recursive: true, force: true })
  }
}

const newestIn = (folder: string): number =>
  Math.max(
    ...readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => statSync(join(entry.parentPath, entry.name)).mtimeMs),
  )

/** A project with some of the scenario files of this folder, their agents, and files of its own. */
export function project(names: readonly string[], files: Readonly<Record<string, string>> = {}): string {
  const folder = lasting(names, files)
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** A project for several tests: whoever asks for it removes it. */
export function lasting(names: readonly string[], files: Readonly<Record<string, string>> = {}): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'stormproof-bad-')))
  mkdirSync(join(folder, '.git'))
  cpSync(join(scenarios, 'agents'), join(folder, 'agents'), { recursive: true })
  for (const name of names) cpSync(join(scenarios, `${name}.scenario.ts`), join(folder, `${name}.scenario.ts`))
  for (const [name, text] of Object.entries({ 'package.json': '{"type":"module"}', ...files })) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
  mkdirSync(join(folder, 'node_modules'))
  for (const name of readdirSync('node_modules').filter((one) => !one.startsWith('.')))
    symlinkSync(resolve('node_modules', name), join(folder, 'node_modules', name))
  symlinkSync(resolve('.'), join(folder, 'node_modules/stormproof'))
  return folder
}

export interface Ended {
  readonly code: number | null
  readonly out: string
  readonly error: string
}

/** One worker and no progress, where the arguments do not say otherwise. `watch` hears of standard error as it comes. */
export function stormproof(
  folder: string,
  argv: readonly string[],
  watch: (child: ChildProcess, error: string) => void = () => {},
): Promise<Ended> {
  return program(folder, [bin, ...argv], watch)
}

/** Runs a script of Node in a folder, as its owner would: nothing of this test run in its environment. */
export function program(
  folder: string,
  argv: readonly string[],
  watch: (child: ChildProcess, error: string) => void = () => {},
): Promise<Ended> {
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(?:VITEST|NODE_|TEST$)/.test(name)))
  const child = spawn(process.execPath, argv, { cwd: folder, env: { ...env, NO_COLOR: '1', COLUMNS: '160' } })
  let [out, error] = ['', '']
  child.stdout.on('data', (bytes: Buffer) => {
    out += bytes.toString()
  })
  child.stderr.on('data', (bytes: Buffer) => {
    error += bytes.toString()
    watch(child, error)
  })
  return new Promise((done) => child.on('close', (code) => done({ code, out, error })))
}

/** The record that the last campaign left. */
export function record(folder: string): CampaignRecord {
  return JSON.parse(readFileSync(join(campaign(folder), 'record.json'), 'utf8')) as CampaignRecord
}

/** Its trials, one a line. */
export function trials(folder: string): readonly TrialRecord[] {
  const text = readFileSync(join(campaign(folder), 'trials.ndjson'), 'utf8').trim()
  return text === '' ? [] : text.split('\n').map((line) => JSON.parse(line) as TrialRecord)
}

/** The folder of the only campaign there is, whether it ended or not. */
export function campaign(folder: string): string {
  const [only, ...more] = readdirSync(join(folder, '.stormproof/campaigns')).toReversed()
  if (only === undefined || more.length > 0) throw new Error('one campaign was expected')
  return join(folder, '.stormproof/campaigns', only)
}

/** `agents/shop.ts:36`: the line of a file of ours that has this text. */
export function at(file: string, text: string): string {
  const lines = readFileSync(join(scenarios, file), 'utf8').split('\n')
  const [index, ...more] = lines.flatMap((line, number) => (line.includes(text) ? [number + 1] : []))
  if (index === undefined || more.length > 0) throw new Error(`${file} does not have ${text} once`)
  return `${file}:${index}`
}
