/** Trials a second on one core: the reference trial against the same loop by hand, and an agent on the `openai` SDK in the box. */

import { measure, workerFlags } from './child.js'
import { median, show } from './figure.js'

/** Ours and theirs in turn, so that a slow minute of the machine slows both. */
const turns = 3
const tour = 'bench/openai-tour.scenario.ts'
const measured = [
  { what: 'travel', file: 'scenarios/travel.scenario.ts', preset: 'light' },
  { what: 'travel', file: 'scenarios/travel.scenario.ts', preset: 'stormy' },
  { what: 'openai-tour', file: tour, preset: 'light' },
  { what: 'openai-refund', file: 'scenarios/openai-refund.scenario.ts', preset: 'light' },
]

const hands = []
const ours = measured.map(() => [])
for (let turn = 0; turn < turns; turn++) {
  hands.push(await measure('hand-loop.js'))
  for (const [index, { file, preset }] of measured.entries()) {
    ours[index].push(await measure('trials.js', [file, preset]))
  }
}

const flags = workerFlags
const perSecond = (runs) => Math.round(median(runs.map((run) => run.perSecond)))
const cpuMs = (runs) => median(runs.map((run) => run.cpuMs)).toFixed(2)

for (const [index, { what, preset }] of measured.entries()) {
  const runs = ours[index]
  const floor = what === 'travel' ? (preset === 'light' ? 1000 : undefined) : 600
  const promise = floor === undefined ? '' : `at least ${floor}; `
  show({
    what: `${what}: a trial of ${runs[0].events} events, every check on`,
    value: perSecond(runs),
    unit: 'trials/s',
    preset,
    flags,
    compared: `${promise}${cpuMs(runs)} ms of CPU a trial`,
    ...(floor !== undefined && { holds: perSecond(runs) >= floor }),
  })
}
show({
  what: `the loop of travel by hand, ${hands[0].waits} waits`,
  value: perSecond(hands),
  unit: 'runs/s',
  flags,
  compared: `${cpuMs(hands)} ms of CPU a run; a calm trial of travel has ${ours[0][0].waits} waits`,
})
const ratio = median(ours[0].map((run, turn) => run.perSecond / hands[turn].perSecond))
show({
  what: 'travel, of the loop by hand',
  value: ratio.toFixed(2),
  unit: 'times',
  preset: 'light',
  flags,
  compared: 'at least 0.10',
  holds: ratio >= 0.1,
})
