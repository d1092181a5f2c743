/** Two worker processes of the command line against one: the same trials, asked for in the same way. */

import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { workerHands } from '../dist/src/cli/worker-hands.js'
import { WorkerProcess } from '../dist/src/cli/worker-process.js'
import { presetOf } from '../dist/src/explore/preset.js'
import { stormJob } from '../dist/src/explore/source-spec.js'
import { workerFlags } from './child.js'
import { show } from './figure.js'

const scenario = 'travel'
const file = 'scenarios/travel.scenario.ts'
const preset = 'light'
const batch = 64
const warmUpMs = 4_000
const roundMs = 1_000
const spinMs = 300
const rounds = 12
/** Two processes that share nothing get nearly twice as far as one, unless somebody else wants the cores. */
const quiet = 1.9

const spin = fileURLToPath(new URL('spin.js', import.meta.url))
const entry = fileURLToPath(new URL('../dist/src/cli/worker.js', import.meta.url))
const folder = fileURLToPath(new URL('..', import.meta.url))

async function start(execArgv) {
  const order = { kind: 'load', folder, files: [file] }
  const worker = new WorkerProcess({ entry, order, execArgv, onError: (text) => process.stderr.write(text) })
  await worker.load()
  const hands = workerHands(worker, () => file)
  await hands.calm(scenario)
  return hands
}

/** Trials a second of all `hands` together, each kept busy for the same time. */
async function together(hands, milliseconds) {
  const table = presetOf(preset)
  let next = 1
  let done = 0
  const began = performance.now()
  const busy = async (one) => {
    while (performance.now() - began < milliseconds) {
      const jobs = Array.from({ length: batch }, () => stormJob('1', table, next++))
      // Not `done += (await …)`: that reads `done` before it waits, and forgets what the other worker did meanwhile.
      const reports = await one.trials(scenario, jobs)
      done += reports.length
    }
  }
  await Promise.all(hands.map(busy))
  return (done / (performance.now() - began)) * 1000
}

async function counting(children) {
  const rates = await Promise.all(
    children.map((child) => {
      const counted = new Promise((resolve) => child.once('message', resolve))
      child.send(spinMs)
      return counted
    }),
  )
  return rates.reduce((sum, rate) => sum + rate, 0)
}

/** Rounds alternate, and the best of each kind counts: what a busy neighbour takes, it takes from all. */
async function compare(flags, promised) {
  const hands = [await start(flags), await start(flags)]
  const spinners = [0, 1].map(() => fork(spin))
  for (const one of hands) await together([one], warmUpMs)
  const best = { alone: 0, both: 0, one: 0, two: 0 }
  const better = (name, rate) => {
    best[name] = Math.max(best[name], rate)
  }
  for (let round = 0; round < rounds; round++) {
    better('alone', await together([hands[round % 2]], roundMs))
    better('both', await together(hands, roundMs))
    better('one', await counting([spinners[round % 2]]))
    better('two', await counting(spinners))
  }
  for (const spinner of spinners) spinner.disconnect()
  await Promise.all(hands.map((one) => one.close()))
  const ratio = best.both / best.alone
  const given = Math.min(2, best.two / best.one)
  const seen = `${Math.round(best.both)} against ${Math.round(best.alone)} trials/s`
  const isQuiet = given >= quiet
  const machine = `${isQuiet ? '' : 'the machine is too busy to tell: it '}gives two that only count ${given.toFixed(2)}`
  show({
    what: 'two workers, of one such',
    value: ratio.toFixed(2),
    unit: 'times',
    preset,
    flags,
    compared: `${promised === undefined ? '' : `at least ${promised}; `}${seen}; ${isQuiet ? 'the machine ' : ''}${machine}`,
    ...(promised !== undefined && isQuiet && { holds: ratio >= promised }),
  })
}

await compare(workerFlags, 1.8)
await compare([])
