/** Trials a second on one core: the reference trial against the same loop by hand, and an agent on the `openai` SDK in the box. */

import { measure, workerFlags } from './child.js'
import { median, show } from './figure.js'

/** Ours and theirs in turn, so that a slow minute of the machine slows both. */
const turns = 3
const flags = workerFlags
const travel = 'scenarios/travel.scenario.ts'

const perCore = (runs) => Math.round(Math.max(...runs.map((run) => run.perCore)))

/** How the figure came about, for those who doubt it. */
function seen(runs) {
  const cpuMs = Math.min(...runs.map((run) => run.cpuMs)).toFixed(2)
  const best = Math.round(Math.max(...runs.map((run) => run.best)))
  return `${cpuMs} ms of CPU; by the wall clock ${best} at best, ${Math.round(median(runs.map((run) => run.usual)))} in the median round`
}

function showTrials(what, preset, runs, floor) {
  const value = perCore(runs)
  show({
    what: `${what}: a trial of ${runs[0].events} events, every check on`,
    value,
    unit: 'trials/core s',
    preset,
    flags,
    compared: `${floor === undefined ? '' : `at least ${floor}; `}${seen(runs)}`,
    ...(floor !== undefined && { holds: value >= floor }),
  })
}

const hands = []
const ours = []
for (let turn = 0; turn < turns; turn++) {
  hands.push(await measure('hand-loop.js'))
  ours.push(await measure('trials.js', [travel, 'light']))
}
showTrials('travel', 'light', ours, 1000)
show({
  what: `the loop of travel by hand, ${hands[0].waits} waits`,
  value: perCore(hands),
  unit: 'runs/core s',
  flags,
  compared: `${seen(hands)}; a calm trial of travel has ${ours[0].waits} waits`,
})
const ratio = perCore(ours) / perCore(hands)
show({
  what: 'travel, of the loop by hand',
  value: ratio.toFixed(3),
  unit: 'times',
  preset: 'light',
  flags,
  compared: 'at least 0.1',
  holds: ratio >= 0.1,
})
showTrials('travel', 'stormy', [await measure('trials.js', [travel, 'stormy'])])
showTrials('editor', 'light', [await measure('trials.js', ['bench/editor.scenario.ts', 'light'])], 300)
showTrials('openai-tour', 'light', [await measure('trials.js', ['bench/openai-tour.scenario.ts', 'light'])], 600)
showTrials(
  'openai-refund',
  'light',
  [await measure('trials.js', ['scenarios/openai-refund.scenario.ts', 'light'])],
  600,
)
