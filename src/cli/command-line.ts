/** The words of the command line as one checked value. */

import { parseArgs } from 'node:util'
import { StormproofError } from '../core/error.js'
import { didYouMean, nearest } from '../core/nearest.js'
import { type Preset, presetNames } from '../core/preset.js'
import { type Reach, reaches } from '../explore/pairs.js'
import type { Shard } from '../explore/part.js'
import { type StrategyName, strategyNames } from '../explore/strategies.js'
import { type ReporterName, reporterNames } from '../report/config.js'
import { flags } from './flags.js'
import { type Look, viewNames } from './look-inside.js'
import type { Point } from './point.js'
import { type TraceFormat, traceFormats } from './trace-format.js'

export const commandNames = [
  ...([
    'run',
    'resume',
    'report',
    'diff',
    'merge',
    'replay',
    'fork',
    'tool',
    'trace',
    'keep',
    'list',
    'explain',
    'init',
    'doctor',
  ] as const),
  ...(['completion', 'help'] as const),
] as const
export type CommandName = (typeof commandNames)[number]

export interface CommandLine {
  readonly command: CommandName
  /** What follows the command: filters, a token, a name. */
  readonly words: readonly string[]
  readonly trials: number | undefined
  /** Cases that `tool` plays. */
  readonly cases: number | undefined
  readonly timeMs: number | undefined
  readonly seed: string | undefined
  readonly faults: Preset | undefined
  readonly strategy: StrategyName | undefined
  readonly pairs: Reach | undefined
  readonly filters: readonly string[]
  readonly jobs: number | undefined
  /** Real milliseconds without a sign of life after which a trial counts as hung. */
  readonly hangMs: number | undefined
  readonly json: boolean
  readonly reporters: readonly ReporterName[] | undefined
  readonly out: string | undefined
  readonly config: string | undefined
  /** The recorded conversation that `init` reads. */
  readonly from: string | undefined
  readonly progress: 'auto' | 'bar' | 'line' | 'none'
  readonly quiet: boolean
  readonly verbose: boolean
  readonly noColor: boolean
  readonly last: boolean
  readonly hashes: boolean
  /** What a replay shows instead of its story. */
  readonly look: Look | undefined
  readonly format: TraceFormat
  /** Milliseconds of the wall clock at which the virtual time of traces begins. */
  readonly traceEpochMs: number | undefined
  readonly shard: Shard | undefined
  readonly baseline: string | undefined
  readonly allowPartial: boolean
  readonly reliability: boolean
  readonly reproducible: boolean
  readonly help: boolean
  readonly version: boolean
}

type Values = Readonly<Record<string, string | boolean | readonly string[] | undefined>>

/** Throws a `usage` error that says what was expected and what to type instead. */
export function parseCommandLine(argv: readonly string[]): CommandLine {
  const { values, positionals } = parse(argv)
  const text = (name: string): string | undefined => values[name] as string | undefined
  const on = (name: string): boolean => values[name] === true
  const [command, words] = commandOf(positionals)
  return {
    command,
    words,
    trials: text('trials') === undefined ? undefined : count('trials', text('trials') as string, 0),
    cases: text('cases') === undefined ? undefined : count('cases', text('cases') as string, 1),
    timeMs: text('time') === undefined ? undefined : duration('time', text('time') as string),
    seed: text('seed'),
    strategy: oneOf('strategy', text('strategy'), strategyNames),
    pairs: oneOf('pairs', text('pairs'), reaches),
    faults: oneOf('faults', text('faults'), presetNames),
    filters: (values['filter'] as readonly string[] | undefined) ?? [],
    jobs: text('jobs') === undefined ? undefined : count('jobs', text('jobs') as string, 1),
    hangMs: text('hang') === undefined ? undefined : duration('hang', text('hang') as string),
    json: on('json'),
    reporters: text('reporter')
      ?.split(',')
      .map((name) => oneOf('reporter', name.trim(), reporterNames) as ReporterName),
    out: text('out'),
    config: text('config'),
    from: text('from'),
    progress: oneOf('progress', text('progress'), ['auto', 'bar', 'line', 'none'] as const) ?? 'auto',
    quiet: on('quiet'),
    verbose: on('verbose'),
    noColor: on('no-color'),
    last: on('last'),
    hashes: on('hashes'),
    look: lookOf(text('until'), text('print'), on('step') && !on('json')),
    format: oneOf('format', text('format'), traceFormats) ?? 'perfetto',
    traceEpochMs: text('trace-epoch') === undefined ? undefined : instant(text('trace-epoch') as string),
    shard: text('shard') === undefined ? undefined : shardOf(text('shard') as string),
    baseline: text('baseline'),
    allowPartial: on('allow-partial'),
    reliability: on('reliability'),
    reproducible: on('reproducible'),
    help: on('help'),
    version: on('version'),
  }
}

/** The first word is a command where it is one; else it is a filter of `run`, unless it looks like a mistyped command. */
function commandOf(positionals: readonly string[]): readonly [CommandName, readonly string[]] {
  const [first, ...rest] = positionals
  if (first === undefined) return ['run', []]
  if ((commandNames as readonly string[]).includes(first)) return [first as CommandName, rest]
  const near = nearest(first, commandNames)
  if (near.length > 0 && !/[./\\]/.test(first))
    throw usage(
      `there is no command ${JSON.stringify(first)}`,
      `did you mean ${near.join(' or ')}? To filter scenarios by this text: stormproof run ${first}`,
    )
  return ['run', positionals]
}

function parse(argv: readonly string[]): { values: Values; positionals: readonly string[] } {
  const options = Object.fromEntries(
    flags.map((flag) => [
      flag.name,
      {
        type: flag.kind === 'text' ? ('string' as const) : ('boolean' as const),
        ...(flag.short && { short: flag.short }),
        ...(flag.name === 'filter' && { multiple: true }),
      },
    ]),
  )
  const { tokens } = parseArgs({ args: [...argv], options, allowPositionals: true, strict: false, tokens: true })
  for (const token of tokens) if (token.kind === 'option') checkFlag(token.name, token.rawName, token.value)
  try {
    const { values, positionals } = parseArgs({ args: [...argv], options, allowPositionals: true, strict: true })
    return { values: values as Values, positionals }
  } catch (error) {
    throw usage(String((error as Error).message).split('\n')[0] as string, 'npx stormproof --help lists the flags')
  }
}

function checkFlag(name: string, typed: string, value: string | undefined): void {
  const flag = flags.find((candidate) => candidate.name === name)
  if (!flag) {
    const remedy = didYouMean(
      name,
      flags.map((candidate) => candidate.name),
      'npx stormproof --help lists them',
    )
    throw usage(
      `there is no flag ${typed}`,
      remedy.replace(
        /^did you mean (.*)\?$/,
        (_, names: string) => `did you mean ${names.replace(/\S+/g, (word) => (word === 'or' ? word : `--${word}`))}?`,
      ),
    )
  }
  if (flag.kind === 'text' && (value === undefined || value === ''))
    throw usage(`${typed} needs a value`, `${typed}=${flag.value}: ${flag.says}`)
  if (
    flag.kind === 'text' &&
    /^-./.test(value as string) &&
    flags.some((candidate) => `--${candidate.name}` === value || `-${candidate.short}` === value)
  )
    throw usage(`${typed} needs a value, ${value} is a flag`, `${typed}=${flag.value}: ${flag.says}`)
  if (flag.kind === 'switch' && value !== undefined)
    throw usage(`${typed} takes no value, ${JSON.stringify(value)} came`, `write ${typed} alone`)
}

function count(name: string, text: string, least: number): number {
  const value = Number(text)
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value) || value < least)
    throw usage(
      `--${name} must be a whole number of at least ${least}, ${JSON.stringify(text)} came`,
      `for instance --${name}=${Math.max(least, examples[name] ?? 2)}`,
    )
  return value
}

/** What a count could be, where 2 would be no good example. */
const examples: Readonly<Record<string, number>> = { trials: 300, cases: 1_000 }

/** `2/4`: the second of four. */
function shardOf(text: string): Shard {
  const [, index, count] = (/^(\d{1,4})\/(\d{1,4})$/.exec(text) ?? []).map(Number)
  if (index !== undefined && count !== undefined && index >= 1 && index <= count) return { index, count }
  throw usage(
    `--shard must be I/N with I from 1 to N, ${JSON.stringify(text)} came`,
    'for instance --shard=1/4, and 2/4, 3/4 and 4/4 on other machines',
  )
}

/** `90s`, `5m`, `500ms`; in milliseconds. */
function duration(name: string, text: string): number {
  const match = /^(\d+(?:\.\d+)?)(ms|s|m)$/.exec(text)
  const ms = match ? Math.round(Number(match[1]) * { ms: 1, s: 1000, m: 60_000 }[match[2] as 'ms' | 's' | 'm']) : 0
  if (ms > 0) return ms
  throw usage(
    `--${name} must be a number with a unit, ${JSON.stringify(text)} came`,
    `for instance --${name}=60s or --${name}=5m`,
  )
}

function instant(text: string): number {
  const ms = text === 'now' ? Date.now() : Date.parse(text)
  if (ms >= 0) return ms
  throw usage(
    `--trace-epoch must be a time, ${JSON.stringify(text)} came`,
    'for instance --trace-epoch=now, or --trace-epoch=2026-01-31T09:00:00Z',
  )
}

function lookOf(until: string | undefined, print: string | undefined, step: boolean): Look | undefined {
  if (until === undefined && print === undefined && !step) return undefined
  const views = print?.split(',').flatMap((name) => oneOf('print', name.trim(), viewNames) ?? []) ?? []
  return { until: until === undefined ? undefined : pointOf(until), views, step }
}

const pointOf = (text: string): Point =>
  /^#?\d+$/.test(text) ? { seq: Number(text.replace('#', '')) } : { vt: duration('until', text) }

function oneOf<T extends string>(name: string, text: string | undefined, allowed: readonly T[]): T | undefined {
  if (text === undefined || (allowed as readonly string[]).includes(text)) return text as T | undefined
  throw usage(`--${name} cannot be ${JSON.stringify(text)}`, didYouMean(text, allowed, `one of ${allowed.join(', ')}`))
}

const usage = (message: string, remedy: string): StormproofError => new StormproofError('usage', message, { remedy })
