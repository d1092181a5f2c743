/** Asks somebody outside for something the run can do without. */

import type { Run } from '../run.js'
import { type Held, timed } from '../timed.js'

/** The answer; undefined when it fails, takes longer than `delayMs`, or the run's time is up. Never rejects. */
export async function consult<T>(
  { ports, live, state, blame }: Run,
  delayMs: number,
  start: (signal: AbortSignal) => T | Promise<T>,
): Promise<T | undefined> {
  const left = Math.min(delayMs, state.deadline - ports.clock.now())
  if (left <= 0) return undefined
  const work = async ({ signal }: Held): Promise<T> => start(signal)
  const threw = (error: unknown): void => blame?.('a guard, a summary or a memory', error)
  const ending = await timed({ clock: ports.clock, live, delayMs: left, start: work, threw })
  return ending.kind === 'returned' ? (ending.value as T) : undefined
}
