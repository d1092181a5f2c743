/** Shrinking every failure that storms find in `scenarios/`: how many re-runs it takes, and how long. */

import { readdirSync } from 'node:fs'
import { real } from '../dist/src/box/real.js'
import { localHands } from '../dist/src/explore/local-hands.js'
import { presetOf } from '../dist/src/explore/preset.js'
import { stormJob } from '../dist/src/explore/source-spec.js'
import { median, show } from './figure.js'
import { folder, loadScenario } from './scenario.js'

const presetName = 'stormy'
const storms = 2_000
const promised = 40

const files = readdirSync(`${folder}/scenarios`).filter((file) => file.endsWith('.scenario.ts'))
const preset = presetOf(presetName)
const runs = []
const milliseconds = []
for (const file of files) {
  const scenario = await loadScenario(`scenarios/${file}`)
  const hands = localHands([scenario])
  await hands.calm(scenario.name)
  const jobs = Array.from({ length: storms }, (_, index) => stormJob('1', preset, index + 1))
  const reports = await hands.trials(scenario.name, jobs)
  const own = []
  const sizes = []
  for (const { record, decisions } of reports) {
    const pairs = decisions.map(({ label, alternative }) => [label, alternative])
    for (const { invariant, clause } of record.violations) {
      const began = real.performanceNow()
      const report = await hands.shrink(scenario.name, pairs, { invariant, clause })
      milliseconds.push(real.performanceNow() - began)
      if (!report.reproduced)
        throw new Error(`storm ${record.index} of ${scenario.name} does not break ${invariant} again`)
      own.push(report.runs)
      sizes.push(report.decisionsAfter)
    }
  }
  await hands.close()
  runs.push(...own)
  show({
    what: `${scenario.name}: ${own.length} failures in ${storms} storms`,
    value: own.length === 0 ? '-' : median(own),
    unit: 're-runs',
    preset: presetName,
    flags: process.execArgv,
    compared: own.length === 0 ? '' : `at most ${Math.max(...own)}; median ${median(sizes)} decisions are left`,
  })
}
show({
  what: `shrinking ${runs.length} failures, median`,
  value: median(runs),
  unit: 're-runs',
  preset: presetName,
  flags: process.execArgv,
  compared: `less than ${promised}; median ${median(milliseconds).toFixed(0)} ms`,
  holds: median(runs) < promised,
})
process.exit()
