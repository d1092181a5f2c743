/** Child of `sdks.js`: one process, the tour on one SDK, one 429 in each trial, as many trials a second as it can. */

import { replaySource } from '../dist/src/explore/replay-source.js'
import { simplest } from '../dist/src/kernel/source.js'
import { runTrial } from '../dist/src/scenario/run-trial.js'
import { tell } from './child.js'
import { rateOf } from './rate.js'
import { loadModule } from './scenario.js'

const [name] = process.argv.slice(2)
const scenario = (await loadModule('sdk/bench/tours.scenario.ts'))[name]
const calm = await runTrial(scenario, { source: simplest, calm: true, keepSites: true, keepGoing: true })
const { intended } = calm.facts
const { label } = calm.visited.find((site) => site.label.startsWith('model/t2/a1') && site.kind === 'outcome')
const limited = [
  [label, 'model/http-error'],
  [`${label}@status`, '429'],
  [`${label}@retry-after`, '1'],
]
let events = 0
let trials = 0
const rate = await rateOf(async () => {
  const result = await runTrial(scenario, { source: replaySource(limited), intended })
  if (result.violations.length > 0 || result.goal !== true || result.faults['model/http-error']?.landed !== 1)
    throw new Error(`${name} did not do its task after one 429: ${result.status} (${result.reason})`)
  events += result.events.length
  trials++
})
tell({ ...rate, events: Math.round(events / trials) })
