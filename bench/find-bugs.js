/**
 * How soon each strategy finds each mutant: `node bench/find-bugs.js --only MUTANT --seeds 10 --max 300`. Prints the median trials over
 * the seeds, `-` where most seeds found nothing, and the ratios to plain random storms. A long campaign: name a few mutants.
 */

import { parseArgs } from 'node:util'
import { sources } from '../scripts/sources.js'
import { median } from './figure.js'

const preset = 'stormy'
const baseline = 'random'

const options = {
  only: { type: 'string', multiple: true, default: [] },
  seeds: { type: 'string', default: '10' },
  max: { type: 'string', default: '300' },
}
const { values } = parseArgs({ options })
const seeds = Array.from({ length: Number(values.seeds) }, (_, index) => `find-${index + 1}`)
const most = Number(values.max)

const { mutants } = await sources('src/mutant/registry.ts')
const { preserves } = await sources('test/mutant/preserves.ts')
const { hunt } = await sources('test/mutant/hunt.ts')
const { presetOf } = await sources('src/explore/preset.ts')
const { openSource, stormJob } = await sources('src/explore/source-spec.ts')
const { strategyNames } = await sources('src/explore/strategies.ts')
const { simplest } = await sources('src/kernel/source.ts')
const { runTrial } = await sources('src/scenario/run-trial.ts')

const strange = values.only.find((name) => !mutants.some((mutant) => mutant.name === name))
if (strange !== undefined || !(seeds.length > 0) || !(most > 0)) {
  console.error(strange === undefined ? ' ✗ --seeds and --max are whole numbers from 1' : ` ✗ no mutant ${strange}`)
  process.exit(2)
}

/** Trials up to the first that breaks `invariant`; Infinity where none of `most` does. Storms alone, none of the single faults. */
async function storms(scenario, invariant, seed, strategy) {
  const calm = await runTrial(scenario, { source: simplest, calm: true, keepSites: true, keepGoing: true })
  const { intended } = calm.facts
  const steps = calm.visited.filter(({ kind }) => kind === 'hold').length
  for (let index = 1; index <= most; index++) {
    const source = openSource(scenario.name, stormJob(seed, presetOf(preset), index, strategy), {}, steps)
    const { violations } = await runTrial(scenario, { source, intended, keepGoing: true })
    if (violations.some((violation) => violation.invariant === invariant)) return index
  }
  return Number.POSITIVE_INFINITY
}

/** The same of a whole campaign: a calm day, single faults, storms of both kinds between them. */
async function campaign(scenario, invariant, seed) {
  const { finding, trials } = await hunt(scenario, invariant, seed)
  return finding && trials <= most ? trials : Number.POSITIVE_INFINITY
}

const out = (line) => process.stdout.write(`${line}\n`)
// An agent that a trial has left behind may still have something to say.
console.log = () => {}

const columns = ['campaign', ...strategyNames]
const shown = (value) => (Number.isFinite(value) ? String(value) : '-').padStart(9)
out(`${'mutant by invariant'.padEnd(64)}${columns.map((name) => name.padStart(9)).join('')}`)
const ratios = new Map(columns.map((name) => [name, []]))
const missed = []
for (const mutant of mutants) {
  if (values.only.length > 0 && !values.only.includes(mutant.name)) continue
  const scenario = preserves[mutant.name]((agent) => mutant.change(agent, () => 0))
  for (const invariant of mutant.killedBy) {
    const medians = {}
    for (const column of columns) {
      const trials = []
      for (const seed of seeds)
        trials.push(await (column === 'campaign' ? campaign : storms)(scenario, invariant, seed, column))
      medians[column] = median(trials)
    }
    out(`${`${mutant.name} by ${invariant}`.padEnd(64)}${columns.map((name) => shown(medians[name])).join('')}`)
    if (!Number.isFinite(medians[baseline])) continue
    for (const name of columns) {
      ratios.get(name).push(medians[name] / medians[baseline])
      if (!Number.isFinite(medians[name])) missed.push(`${name} misses ${mutant.name} by ${invariant}`)
    }
  }
}
out(
  `\n${`median of the ratios to ${baseline}`.padEnd(64)}${columns
    .map((name) => (ratios.get(name).length === 0 ? '-' : median(ratios.get(name)).toFixed(2)).padStart(9))
    .join('')}`,
)
for (const line of missed) out(` found by ${baseline}: ${line}`)
process.exit()
