/** What judging costs: against the trials themselves, for a history of 100,000 events, and check by check. */

import { judge } from '../dist/src/check/judge.js'
import { invariants } from '../dist/src/check/registry.js'
import { presetOf } from '../dist/src/explore/preset.js'
import { openSource, stormJob } from '../dist/src/explore/source-spec.js'
import { simplest } from '../dist/src/kernel/source.js'
import { runTrial } from '../dist/src/scenario/run-trial.js'
import { show } from './figure.js'
import { busyMs } from './rate.js'
import { loadScenario } from './scenario.js'

const files = ['checkout', 'support-refund', 'travel', 'research'].map((name) => `scenarios/${name}.scenario.ts`)
const storms = 150
const most = 2_000
const longest = 100_000
const rounds = 5

/** The least of several rounds: a neighbour on the core only ever adds. */
function leastMs(work) {
  let least = Number.POSITIVE_INFINITY
  for (let round = 0; round < rounds; round++) {
    const began = process.cpuUsage()
    work()
    least = Math.min(least, busyMs(began))
  }
  return least
}

/** Trials as they are lived, every check watching, and what they leave to be judged once more. */
async function lived(file) {
  const scenario = await loadScenario(file)
  const preset = presetOf('stormy')
  const { facts } = await runTrial(scenario, { source: simplest, calm: true, keepGoing: true })
  const live = async (storm) =>
    runTrial(scenario, {
      source: openSource(scenario.name, stormJob('1', preset, storm)),
      intended: facts.intended,
      keepGoing: true,
    })
  for (let storm = 0; storm < storms; storm++) await live(storm)
  const histories = []
  const began = process.cpuUsage()
  for (let storm = 0; storm < storms; storm++) {
    const { events, facts: seen, ending } = await live(storm)
    histories.push({ events, facts: seen, truncated: ending === 'steps' || ending === 'time' })
  }
  return { histories, wholeMs: busyMs(began) }
}

/**
 * Run after run in one history, with turns, calls and numbers of their own. It has the prompts of the first alone: the others would be
 * those of another conversation.
 */
function longHistory({ events, facts }) {
  const all = []
  const perRun = Math.max(...events.map(({ turn }) => turn ?? 0))
  const span = events.at(-1).vt + 1
  for (let run = 0; all.length < longest; run++) {
    const later = (text) =>
      text.replace(/\bt(\d+)\.c(\d+)/g, (_path, turn, call) => `t${Number(turn) + run * perRun}.c${call}`)
    const renamed = JSON.parse(later(JSON.stringify(events.filter(({ type }) => type !== 'rest'))))
    for (const event of renamed) {
      if (run > 0 && (event.type === 'run-start' || event.type === 'prompt-received')) continue
      if (event.type === 'run-end' || event.type === 'run-settled') continue
      event.seq = all.length
      event.vt += run * span
      if (typeof event.turn === 'number') event.turn += run * perRun
      if (typeof event.effect === 'number') event.effect += run * 1_000
      for (const field of ['key', 'once']) if (typeof event[field] === 'string') event[field] += `/${run}`
      all.push(event)
    }
  }
  const last = all.at(-1)
  all.push({ ...events.find(({ type }) => type === 'rest'), seq: last.seq + 1, vt: last.vt })
  return { events: all, facts, truncated: false }
}

const judged = (histories, checks) => () => {
  for (const history of histories) judge(history, checks)
}

const share = (checks, histories) =>
  checks
    .map((check) => ({ name: check.name, ms: leastMs(judged(histories, [check])) }))
    .sort((one, other) => other.ms - one.ms)

function shares(what, histories, top) {
  const none = leastMs(judged(histories, []))
  const costs = share(
    invariants.filter(({ relation }) => !relation),
    histories,
  )
  for (const { name, ms } of costs.slice(0, top))
    show({ what: `${what}: ${name}`, value: Math.max(0, ms - none).toFixed(2), unit: 'ms of CPU' })
}

const all = []
for (const file of files) {
  const { histories, wholeMs } = await lived(file)
  judged(histories)()
  const checksMs = leastMs(judged(histories))
  const trialMs = wholeMs - checksMs
  show({
    what: `checks of ${file.slice(10, -12)} to its trials`,
    value: (checksMs / trialMs).toFixed(2),
    unit: 'times',
    preset: 'stormy',
    compared: `at most 1; ${(checksMs / storms).toFixed(3)} ms of CPU a trial judged, ${(trialMs / storms).toFixed(3)} lived`,
    holds: checksMs <= trialMs,
  })
  all.push(...histories)
}
shares(`${all.length} trials`, all, 10)

const checkout = await loadScenario(files[0])
const calm = await runTrial(checkout, { source: simplest, calm: true, keepGoing: true })
const long = longHistory(calm)
const half = { ...long, events: long.events.slice(0, longest / 2) }
const broken = judge(long)
  .filter(({ verdict }) => verdict !== 'valid')
  .map(({ invariant }) => invariant)
const [longMs, halfMs] = [leastMs(judged([long])), leastMs(judged([half]))]
show({
  what: `a history of ${long.events.length} events, all checks`,
  value: longMs.toFixed(0),
  unit: 'ms of CPU',
  compared: `under ${most}; half of it took ${halfMs.toFixed(0)}; ${broken.length} checks heard no end of it: ${broken.join(', ')}`,
  holds: longMs < most,
})
shares('of these', [long], 10)
