/** The end of the storm: one choice of virtual time, after which every choice is the simplest. */

import type { World } from '../kernel/world.js'

/** Milliseconds after the last scripted turn's nominal time; the longest is the simplest, as no decision falls outside it. */
const lengths = ['60000', '30000', '15000', '5000'] as const
const turnMs = 1_300

export function planStormEnd(world: World, turns: number): void {
  const extra = Number(lengths[world.tape.pick('storm-end', 'storm', lengths)])
  world.timer(turns * turnMs + extra, () => {
    world.tape.calm = true
    world.goOn()
    world.emit('storm-end', {}, 'world')
  })
}
