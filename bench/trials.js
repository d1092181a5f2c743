/** Child of `speed.js`: one process, one scenario, one preset, as many trials a second as it can. */

import { tell } from './child.js'
import { rateOf } from './rate.js'
import { stormsOf } from './scenario.js'

const [file, preset] = process.argv.slice(2)
const { calm, trial } = await stormsOf(file, preset)
let events = 0
let trials = 0
const rate = await rateOf(async (index) => {
  events += (await trial(index)).events.length
  trials++
})
tell({ ...rate, events: Math.round(events / trials), waits: calm.steps })
