/** Presets: how bad the weather is, as tables. */

import { StormproofError } from '../core/error.js'
import { type Preset, presetNames } from '../core/preset.js'
import { mixes } from './mix.js'
import type { PresetTable } from './preset-table.js'

const anyReaction = { 'go-on': 1, again: 1, 'give-up': 1 }

const families = [
  ...['model', 'tool', 'transport', 'store', 'process', 'clock', 'approval', 'user', 'subagent', 'isolation'],
  ...['context', 'observability', 'shape'],
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

/** With two trials more for each, a campaign takes a twelfth longer at most. */
const comparedPerMille = 40

const none: PresetTable = {
  name: 'none',
  rate: 0,
  storeRate: 0,
  shapeRate: 0,
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
  relationRate: 0,
  reactions: anyReaction,
  parameters: {},
}

const light: PresetTable = {
  name: 'light',
  rate: 50,
  storeRate: 15,
  shapeRate: 0,
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
  relationRate: comparedPerMille,
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
  shapeRate: 100,
  runRate: 40,
  cap: 12,
  crashes: { most: 2, perMille: 500 },
  swarm: true,
  // As the families stand to each other among the real bugs of agent runtimes; store and process more, as a crash multiplies what one bug can do.
  families: {
    ...{ tool: 280, model: 220, store: 80, process: 80, transport: 30, clock: 20 },
    ...{ approval: 100, user: 40, subagent: 30, isolation: 50, context: 50, observability: 20, shape: 100 },
  },
  // Under these a model strays, or nobody can help what happens: what the author meant is not judged then, and most storms are to be judged.
  outcomes: {
    'tool/duplicate-effect': 0,
    'model/semantic': 0,
    'model/loop': 0,
    'model/reissue': 0,
    'model/wide-batch': 0,
    'subagent/same-instance': 0,
    // It costs as much as so many trials.
    'shape/stampede': 20,
  },
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
  relationRate: comparedPerMille,
  reactions: anyReaction,
  parameters: { ...mostlyPassing, 'differs-in': ['words', 'order'] },
}

const hostile: PresetTable = {
  ...stormy,
  name: 'hostile',
  rate: 300,
  storeRate: 80,
  shapeRate: 250,
  runRate: 100,
  cap: Number.MAX_SAFE_INTEGER,
  crashes: { most: 4, perMille: 500 },
  families: Object.fromEntries(families.map((name) => [name, 100])),
  // Few prompts are sent once more: where one is, this is as likely as all that can happen to any.
  outcomes: { 'model/nondeterministic-replay': 100, 'shape/stampede': 40 },
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
  parameters: mostlyPassing,
}

const presets: Readonly<Record<Preset, PresetTable>> = { none, light, stormy, hostile, ...mixes(none) }

/** Throws a `config` error for a name that is no preset. */
export function presetOf(name: string): PresetTable {
  const preset = Object.hasOwn(presets, name) ? presets[name as Preset] : undefined
  if (preset) return preset
  throw new StormproofError('config', `there is no preset ${JSON.stringify(name)}`, {
    remedy: `use one of ${presetNames.join(', ')}`,
  })
}
