/** How fast something runs: rounds of some seconds after a warm-up, and their median. */

import { real } from '../dist/src/box/real.js'
import { median } from './figure.js'

/** Long enough for the optimising compiler to be done. */
const warmUpMs = 3_000
const roundMs = 1_000
const rounds = 5

/** `one(index)` runs once. Answers runs a second of real time, and milliseconds of CPU a run, threads of the engine included. */
export async function rateOf(one, first = 1) {
  let index = first
  const during = async (milliseconds) => {
    const before = index
    const cpu = process.cpuUsage()
    const began = real.performanceNow()
    while (real.performanceNow() - began < milliseconds) await one(index++)
    const took = real.performanceNow() - began
    const { user, system } = process.cpuUsage(cpu)
    const runs = index - before
    return { perSecond: (runs / took) * 1000, cpuMs: (user + system) / 1000 / runs }
  }
  await during(warmUpMs)
  const measured = []
  for (let round = 0; round < rounds; round++) measured.push(await during(roundMs))
  return {
    perSecond: median(measured.map((round) => round.perSecond)),
    cpuMs: median(measured.map((round) => round.cpuMs)),
  }
}
