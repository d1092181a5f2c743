/** Two worker processes of the command line against one: the same trials, asked for in the same way. */

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
const rounds = 4

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

async function compare(flags, promise) {
  const hands = [await start(flags), await start(flags)]
  for (const one of hands) await together([one], warmUpMs)
  const alone = []
  const both = []
  for (let round = 0; round < rounds; round++) {
    alone.push(await together([hands[round % 2]], roundMs))
    both.push(await together(hands, roundMs))
  }
  await Promise.all(hands.map((one) => one.close()))
  const ratio = median(both.map((rate, round) => rate / alone[round]))
  const rates = `${Math.round(median(both))} against ${Math.round(median(alone))} trials/s`
  show({
    what: 'two workers, of one such',
    value: ratio.toFixed(2),
    unit: 'times',
    preset,
    flags,
    compared: promise === undefined ? rates : `at least ${promise}; ${rates}`,
    ...(promise !== undefined && { holds: ratio >= promise }),
  })
}

await compare(workerFlags, 1.8)
await compare([])
