/** Resident memory of one process over many trials: what it has after the first thousand, and what it has at the end. */

import { measure, workerFlags } from './child.js'
import { show } from './figure.js'

const preset = 'light'
const trials = 100_000

for (const [name, file, count] of [
  ['travel', 'scenarios/travel.scenario.ts', trials],
  ['openai-refund', 'scenarios/openai-refund.scenario.ts', trials],
]) {
  const { first, last, most } = await measure('resident.js', [file, preset, String(count)])
  const grown = Math.round(most - first)
  show({
    what: `${name}: resident memory in ${count.toLocaleString('en')} trials`,
    value: grown > 0 ? `+${grown}` : grown,
    unit: 'MB at most',
    preset,
    flags: workerFlags,
    compared: `less than 50 after the first 1,000; ${Math.round(first)} MB then, ${Math.round(last)} MB at the end`,
    holds: grown < 50,
  })
}
