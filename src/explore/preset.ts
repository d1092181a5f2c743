/** Presets: how bad the weather is, as tables. All chances are per mille, all weights whole numbers. */

import { StormproofError } from '../core/error.js'

/** How many crashes a trial may have: each of `most` is granted with `perMille`. */
export interface CrashAllowance {
  readonly most: number
  readonly perMille: number
}

export interface PresetTable {
  readonly name: string
  /** Chance that an operation of the model or a backend is faulted. */
  readonly rate: number
  /** The same for the store, which is written to several times as often as a tool is called. */
  readonly storeRate: number
  /** The same for what befalls a run as a whole, once: a user who cancels, a bound that is too tight. */
  readonly runRate: number
  /** Faults a trial may have: bad outcomes, and answers that come when nobody waits any more. */
  readonly cap: number
  readonly crashes: CrashAllowance
  /** Half of the storms switch a random subset of the kinds off. */
  readonly swarm: boolean
  /** What a family weighs where one of its kinds can strike; the kinds of one family at one site share it. */
  readonly families: Readonly<Record<string, number>>
  /** What single kinds weigh, whatever their family says. */
  readonly outcomes: Readonly<Record<string, number>>
  /** All faults of the user's own together. */
  readonly custom: number
  readonly timeRate: number
  /** Classes of answer time, heavy-tailed; a missing one never comes. */
  readonly times: Readonly<Record<string, number>>
  readonly holdRate: number
  readonly reactions: Readonly<Record<string, number>>
  /** By what follows the last `@` of a label: the only values drawn. A parameter that is missing is uniform. */
  readonly parameters: Readonly<Record<string, readonly string[]>>
}

const anyReaction = { 'go-on': 1, again: 1, 'give-up': 1 }

const families = [
  ...['model', 'tool', 'transport', 'store', 'process', 'clock', 'approval', 'user', 'subagent', 'isolation'],
  ...['context', 'observability'],
] as const

const noFamilies = Object.fromEntries(families.map((name) => [name, 0]))

/** Statuses that pass come more often than those that end a run, one failure more often than a row of them. */
const mostlyPassing = {
  status: [
    ...['503', '503', '503', '429', '429', '429', '429', '500', '500', '529', '529', '502', '504', '408', '409'],
    ...['400', '401', '402', '403', '404', '413', '422'],
  ],
  limit: ['rate', 'rate', 'rate', 'quota', 'ramp'],
  times: ['1', '1', '1', '1', '3', '10'],
}

const none: PresetTable = {
  name: 'none',
  rate: 0,
  storeRate: 0,
  runRate: 0,
  cap: 0,
  crashes: { most: 0, perMille: 0 },
  swarm: false,
  families: noFamilies,
  outcomes: {},
  custom: 0,
  timeRate: 0,
  times: {},
  holdRate: 250,
  reactions: anyReaction,
  parameters: {},
}

const light: PresetTable = {
  name: 'light',
  rate: 50,
  storeRate: 15,
  runRate: 0,
  cap: 2,
  crashes: { most: 1, perMille: 200 },
  swarm: false,
  families: noFamilies,
  outcomes: {
    'model/http-error': 250,
    'tool/error': 250,
    'tool/timeout-before-effect': 100,
    'tool/timeout-after-effect': 100,
    'process/crash-before-effect': 25,
    'process/crash-after-effect': 25,
  },
  custom: 100,
  timeRate: 20,
  times: { x2: 4, x8: 1 },
  holdRate: 100,
  reactions: { 'go-on': 1, again: 1 },
  parameters: {
    ...{ status: ['503', '429', '500', '529'], 'retry-after': ['none', '1', '30', '120'], limit: ['rate'] },
    times: ['1'],
  },
}

const stormy: PresetTable = {
  name: 'stormy',
  rate: 150,
  storeRate: 40,
  runRate: 40,
  cap: 12,
  crashes: { most: 2, perMille: 500 },
  swarm: true,
  // As the families stand to each other among the real bugs of agent runtimes; store and process more, as a crash multiplies what one bug can do.
  families: {
    ...{ tool: 280, model: 220, store: 80, process: 80, transport: 30, clock: 20 },
    ...{ approval: 100, user: 40, subagent: 30, isolation: 50, context: 50, observability: 20 },
  },
  outcomes: {},
  custom: 50,
  timeRate: 120,
  times: {
    x2: 32,
    x8: 20,
    x64: 10,
    'before-deadline': 8,
    'at-deadline': 5,
    'after-deadline': 10,
    'after-turn': 6,
    'after-run': 4,
    never: 5,
  },
  holdRate: 250,
  reactions: anyReaction,
  parameters: mostlyPassing,
}

const hostile: PresetTable = {
  ...stormy,
  name: 'hostile',
  rate: 300,
  storeRate: 80,
  runRate: 100,
  cap: Number.MAX_SAFE_INTEGER,
  crashes: { most: 4, perMille: 500 },
  families: Object.fromEntries(families.map((name) => [name, 100])),
  custom: 100,
  timeRate: 250,
  times: {
    x2: 16,
    x8: 16,
    x64: 12,
    'before-deadline': 10,
    'at-deadline': 8,
    'after-deadline': 14,
    'after-turn': 8,
    'after-run': 6,
    never: 10,
  },
  holdRate: 400,
}

const presets: Readonly<Record<string, PresetTable>> = { none, light, stormy, hostile }

/** The mixes of the literature, and the faults they need that cannot be simulated yet. */
const lacking: Readonly<Record<string, readonly string[]>> = {
  'rb-0.1': ['tool/empty-result'],
  'rb-0.2': ['tool/partial-result', 'tool/schema-drift', 'tool/stale-data'],
  'rb-0.3': ['tool/partial-result', 'tool/schema-drift', 'transport/reset', 'tool/cascade'],
  hal: ['transport/reset', 'tool/partial-result', 'tool/empty-result'],
}

export const presetNames: readonly string[] = Object.keys(presets)

/** Throws a `config` error for a name that is no preset, or one whose faults this version lacks. */
export function presetOf(name: string): PresetTable {
  const preset = Object.hasOwn(presets, name) ? presets[name] : undefined
  if (preset) return preset
  const missing = Object.hasOwn(lacking, name) ? lacking[name] : undefined
  throw new StormproofError(
    'config',
    missing
      ? `the preset ${JSON.stringify(name)} needs faults that this version lacks: ${missing.join(', ')}`
      : `there is no preset ${JSON.stringify(name)}`,
    { remedy: `use one of ${presetNames.join(', ')}` },
  )
}
