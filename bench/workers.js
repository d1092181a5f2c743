/** Two worker processes of the command line against one: the same trials, asked for in the same way. */

import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { workerHands } from '../dist/src/cli/worker-hands.js'
import { WorkerProcess } from '../dist/src/cli/worker-process.js'
import { presetOf } from '../dist/src/explore/preset.js'
import { stormJob } from '../dist/src/explore/source-spec.js'
import { workerFlags } from './child.js'
import { median, show } from './figure.js'

const scenario = 'travel'
const file = 'scenarios/travel.scenario.ts'
const preset = 'light'
const batch = 64
const warmUpMs = 4_000
const roundMs = 4_000
const spinMs = 1_000
const rounds = 5

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
      done += (await one.trials(scenario, jobs)).length
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

/** Worker and counting rounds alternate: what a busy neighbour takes, it takes from both. */
async function compare(flags, promised) {
  const hands = [await start(flags), await start(flags)]
  const spinners = [0, 1].map(() => fork(spin))
  for (const one of hands) await together([one], warmUpMs)
  const rates = []
  for (let round = 0; round < rounds; round++) {
    const alone = await together([hands[round % 2]], roundMs)
    const both = await together(hands, roundMs)
    const machine = (await counting(spinners)) / (await counting([spinners[round % 2]]))
    rates.push({ alone, both, ratio: both / alone, machine })
  }
  for (const spinner of spinners) spinner.disconnect()
  await Promise.all(hands.map((one) => one.close()))
  const middle = (field) => median(rates.map((rate) => rate[field]))
  const given = Math.min(2, middle('machine'))
  const seen = `${Math.round(middle('both'))} against ${Math.round(middle('alone'))} trials/s`
  show({
    what: 'two workers, of one such',
    value: middle('ratio').toFixed(2),
    unit: 'times',
    preset,
    flags,
    compared: `${promised === undefined ? '' : `at least ${promised} of 2; `}${seen}; the machine gives two that only count ${given.toFixed(2)}`,
    ...(promised !== undefined && { holds: middle('ratio') / given >= promised / 2 }),
  })
}

await compare(workerFlags, 1.8)
await compare([])
