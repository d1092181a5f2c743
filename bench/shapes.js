/**
 * Hidden classes a trial makes afresh once all code is warm. Whoever reads an object with a class of its own misses every cache of V8:
 * `{ ...given, more }` makes such an object each time, `{ more, ...given }` does not.
 */

import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { measure, workerFlags } from './child.js'
import { show } from './figure.js'

const trials = 150
/** V8's log says `prototype` where a class is thrown away with its object. Those that Node adds to its own objects are symbols. */
const ownClass = /^map,Transition,.*,prototype,(?!symbol)/

async function classesIn(file, count) {
  const folder = mkdtempSync(join(tmpdir(), 'stormproof-shapes-'))
  const log = join(folder, 'v8.log')
  const logged = ['--log-maps', '--no-log-maps-details', '--no-logfile-per-isolate', `--logfile=${log}`]
  try {
    await measure('shapes-trials.js', [file, 'light', String(count)], [...workerFlags, ...logged])
    return readFileSync(log, 'latin1')
      .split('\n')
      .filter((line) => ownClass.test(line)).length
  } finally {
    rmSync(folder, { recursive: true })
  }
}

for (const [what, file, most] of [
  ['travel', 'scenarios/travel.scenario.ts', 5],
  ['editor', 'bench/editor.scenario.ts', 10],
]) {
  const value = ((await classesIn(file, 2 * trials)) - (await classesIn(file, trials))) / trials
  show({
    what: `${what}: hidden classes of one object alone, trials ${trials + 1} to ${2 * trials}`,
    value: value.toFixed(1),
    unit: 'a trial',
    preset: 'light',
    flags: workerFlags,
    compared: `at most ${most}`,
    holds: value <= most,
  })
}
