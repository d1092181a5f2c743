/** How fast something runs: many short rounds after a warm-up, by the clock on the wall and by what the core was busy for. */

import { real } from '../dist/src/box/real.js'
import { median } from './figure.js'

/** Long enough for the optimising compiler to be done. Counted while the core works for us: a busy machine gives a process less of it. */
const warmUpMs = 4_000
const roundMs = 400
const rounds = 12

/** Milliseconds that the core was busy for this process since then. */
export const busyMs = (since) => {
  const { user, system } = process.cpuUsage(since)
  return (user + system) / 1000
}

/**
 * `one(index)` runs once. Answers runs a second of CPU time in the best round, which is what one core does when no neighbour wants it,
 * milliseconds of CPU a run, and runs a second of real time in the best and in the median round.
 */
export async function rateOf(one, first = 1) {
  let index = first
  const during = async (milliseconds) => {
    const before = index
    const cpu = process.cpuUsage()
    const began = real.performanceNow()
    while (busyMs(cpu) < milliseconds) await one(index++)
    const took = real.performanceNow() - began
    const runs = index - before
    return { perSecond: (runs / took) * 1000, cpuMs: busyMs(cpu) / runs }
  }
  await during(warmUpMs)
  const measured = []
  for (let round = 0; round < rounds; round++) measured.push(await during(roundMs))
  const walls = measured.map((round) => round.perSecond)
  const cpuMs = Math.min(...measured.map((round) => round.cpuMs))
  return { perCore: 1000 / cpuMs, cpuMs, best: Math.max(...walls), usual: median(walls) }
}
