/** Who is who: keys and ids come from a call's place in the run, never from a provider, a clock or chance. */

import type { Intent } from '../core/event.js'
import type { CallState, RunState } from './state.js'

/** `<session>/<call path>`. */
export const keyOf = (session: string, call: string): string => `${session}/${call}`

/** The same in all attempts. */
export const attemptKey = (intent: Intent, _attempt: number): string => intent.key

/** The key of the compensation of whatever was done under `key`. */
export const undoKey = (key: string): string => `${key}/undo`

/** The provider's id where it is one; an empty or repeated one is replaced by the call's path. */
export function idOf(proposed: string, call: string, isUsed: (id: string) => boolean): string {
  if (proposed !== '' && !isUsed(proposed)) return proposed
  let id = call
  while (isUsed(id)) id += '+'
  return id
}

/** The latest call of this tool with these arguments that was told to the model as unknown and is not carried on yet. */
export function matchIntent(
  state: RunState,
  tool: string,
  argsDigest: string,
  isTaken: (call: string) => boolean,
): CallState | undefined {
  return state.ambiguous.findLast(({ intent, superseded, applied, unresolved }) => {
    const isSame = intent.tool === tool && intent.argsDigest === argsDigest
    return isSame && !superseded && !isTaken(intent.call) && (applied || unresolved.length > 0)
  })
}
