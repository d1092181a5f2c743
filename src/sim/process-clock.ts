/** The clocks of the agent's process: its wall clock may be wrong, and time may stand still while answers come. */

import { isAlive, type Scope } from '../kernel/scope.js'
import type { World } from '../kernel/world.js'
import { jump } from './fault/clock/jump.js'
import { sameTick } from './fault/clock/same-tick.js'
import { skew } from './fault/clock/skew.js'
import type { FaultNote } from './fault/note.js'
import { picker } from './fault/picker.js'
import type { Setting } from './setting.js'
import { strikePart } from './struck-part.js'

interface ProcessClock {
  /** Whether it is wrong from the start has been chosen. */
  isChosen: boolean
  /** The agent goes by its wall clock. */
  isRead: boolean
  /** A jump that nobody has looked at. */
  jumped: FaultNote | undefined
  /** How many answers still come in the instant in which they are asked for. */
  still: number
  stood: FaultNote | undefined
}

const key = Symbol('process clock')

/** Who never looks at the wall clock cannot be misled by it: whether it is wrong is chosen at the first look. */
export function troubleClock(setting: Setting): void {
  const { world } = setting
  const clock: ProcessClock = { isChosen: false, isRead: false, jumped: undefined, still: 0, stood: undefined }
  world.kept.set(key, clock)
  // Named first: V8 puts a function literal that is assigned to a property into old space, and the whole trial with it.
  const look = (): void => {
    const scope = world.scopes.current()
    if (!scope || !isAlive(scope)) return
    clock.isRead ||= scope.lane !== dating
    clock.jumped?.landed()
    clock.jumped = undefined
    if (clock.isChosen) return
    clock.isChosen = true
    const blow = strikePart(setting, [skew], 'clock/wall')
    if (!blow) return
    world.jumpWall(Number(blow.pick('ms')))
    blow.note.landed()
  }
  world.beforeWall = look
}

/** The lane of who looks at the wall clock to understand a date, and never to measure. */
const dating = 'date'

/** What the wall clock shows to who reads a date that a server sent. */
export const wallForDate = (scope: Scope): number =>
  scope.world.scopes.run({ ...scope, lane: dating }, () => scope.world.wall)

const of = ({ kept }: World): ProcessClock | undefined => kept.get(key) as ProcessClock | undefined

/** Whether the agent goes by its wall clock. */
export const isClocked = (world: World): boolean => of(world)?.isRead === true

/** Does what was chosen at `site`; false: it is nothing of the clock's. */
export function strikeClock(world: World, chosen: string, site: string, note: FaultNote): boolean {
  const clock = of(world)
  if (!clock) return false
  if (chosen === jump.name) {
    world.jumpWall(Number(picker(world, site, jump)('ms')))
    clock.jumped = note
    return true
  }
  if (chosen !== sameTick.name) return false
  clock.still = Number(picker(world, site, sameTick)('events'))
  clock.stood = note
  return true
}

/** How long an answer takes with which nothing is wrong. */
export function nominalIn(world: World, nominalMs: number): number {
  const clock = of(world)
  if (!clock || clock.still === 0 || world.tape.calm) return nominalMs
  clock.still--
  const { stood } = clock
  if (stood) world.timer(0, stood.landed)
  return 0
}
