/** When an answer comes: classes of time, the first a constant of the port, the later ones relative to who waits for it. */

import type { World } from '../kernel/world.js'
import { nominalIn } from './process-clock.js'

const patient = ['nominal', 'x2', 'x8', 'x64', 'never'] as const
const bounded = [
  'nominal',
  'x2',
  'x8',
  'x64',
  'before-deadline',
  'at-deadline',
  'after-deadline',
  'after-turn',
  'after-run',
  'never',
] as const
export type AnswerClass = (typeof bounded)[number]

export interface AnswerTime {
  readonly class: AnswerClass
  /** Milliseconds from now until the answer; undefined: it never comes. */
  readonly delayMs: number | undefined
  /** It comes when nobody may be waiting any more. */
  readonly late: boolean
}

const factors: Partial<Record<AnswerClass, number>> = { x2: 2, x8: 8, x64: 64 }
/** Past any turn of a scripted run, and past its deadline. */
const afterTurnMs = 20_000
const afterRunMs = 400_000

/** Chooses at `label@time`. `deadline` is when the caller gives up, in virtual milliseconds, if it ever does. */
export function answerTime(world: World, label: string, nominalMs: number, deadline: number | undefined): AnswerTime {
  const classes: readonly AnswerClass[] = deadline === undefined ? patient : bounded
  const chosen = classes[world.tape.pick(`${label}@time`, 'time', classes)] as AnswerClass
  const factor = factors[chosen]
  if (chosen === 'nominal') return { class: chosen, delayMs: nominalIn(world, nominalMs), late: false }
  if (factor !== undefined) return { class: chosen, delayMs: nominalMs * factor, late: false }
  if (chosen === 'never') return { class: chosen, delayMs: undefined, late: true }
  const left = Math.max(1, (deadline as number) - world.now)
  if (chosen === 'before-deadline') return { class: chosen, delayMs: Math.max(1, left - 1), late: false }
  const extra =
    chosen === 'at-deadline' ? 0 : chosen === 'after-deadline' ? 1 : chosen === 'after-turn' ? afterTurnMs : afterRunMs
  return { class: chosen, delayMs: left + extra, late: true }
}
