/**
 * The mixes of the literature, per tool call: ReliabilityBench (arXiv:2601.06112) at three intensities, and the HAL reliability harness
 * (arXiv:2602.16666). Unlike there, the seed decides, nothing calls the service again behind the agent's back, and changed answers count
 * as faults.
 */

import type { Preset } from '../core/preset.js'
import type { PresetTable } from './preset-table.js'

type MixName = Extract<Preset, `rb-${string}` | `hal${string}`>

interface Mix {
  /** Of 1,000 tool calls, how many fail; those that are only slow count among them. */
  readonly rate: number
  /** Of 100 failures. */
  readonly kinds: Readonly<Record<string, number>>
  /** Of 100 failures, how many are slow answers. */
  readonly slow?: number
  readonly parameters?: PresetTable['parameters']
}

const timeout = 'tool/timeout-before-effect'
const limited = 'tool/rate-limited'

const known: Readonly<Record<Exclude<MixName, `${string}+`>, Mix>> = {
  'rb-0.1': { rate: 75, kinds: { [timeout]: 40, 'tool/empty-result': 30 }, slow: 30 },
  'rb-0.2': {
    rate: 175,
    kinds: {
      ...{ [timeout]: 25, [limited]: 25, 'tool/partial-result': 20, 'tool/schema-drift': 15, 'tool/stale-data': 15 },
    },
    parameters: { hard: ['no'] },
  },
  'rb-0.3': {
    rate: 275,
    kinds: {
      ...{ [timeout]: 15, 'tool/partial-result': 15, 'tool/schema-drift': 20, 'transport/reset': 15 },
      ...{ [limited]: 15, 'tool/cascade': 20 },
    },
    parameters: { hard: ['yes'] },
  },
  hal: {
    rate: 500,
    kinds: {
      ...{ [timeout]: 30, 'tool/error': 25, [limited]: 20, 'transport/reset': 15 },
      ...{ 'tool/partial-result': 5, 'tool/garbage-result': 3, 'tool/empty-result': 2 },
    },
    parameters: { hard: ['no'], kind: ['transient', 'non-json', 'fields'] },
  },
}

/** `calm`: the table of a preset under which nothing goes wrong. */
export const mixes = (calm: PresetTable): Readonly<Record<MixName, PresetTable>> =>
  Object.fromEntries(
    Object.entries(known).flatMap(([name, mix]) => [
      [name, tableOf(name, mix, calm)],
      [`${name}+`, afterToo(tableOf(`${name}+`, mix, calm))],
    ]),
  ) as Readonly<Record<MixName, PresetTable>>

function tableOf(name: string, { rate, kinds, slow = 0, parameters }: Mix, calm: PresetTable): PresetTable {
  const failing = (rate * (100 - slow)) / 100
  return {
    ...calm,
    name,
    rate: failing,
    toolsOnly: true,
    cap: Number.MAX_SAFE_INTEGER,
    outcomes: kinds,
    // Of those that do not fail: together they are as many as the mix says.
    timeRate: (rate - failing) / (1 - failing / 1000),
    times: { x8: 1, x64: 1 },
    holdRate: 0,
    reactions: { 'go-on': 1, again: 1 },
    parameters: { ...parameters, at: ['before-send'] },
  }
}

const afterEffect = 'tool/timeout-after-effect'

/** What was lost before its effect is lost after it as often; where there is no effect, before it always. */
function afterToo(table: PresetTable): PresetTable {
  const half = (table.outcomes[timeout] ?? 0) / 2
  return {
    ...table,
    outcomes: { ...table.outcomes, [timeout]: half, [afterEffect]: half },
    parameters: { ...table.parameters, at: ['before-send', 'after-send'] },
  }
}
