/** Whoever finds out that a result was wrong, in a world: once in a trial, after the model has been shown it. */

import type { Committed } from '../../core/event.js'
import type { ContextPolicy } from '../../core/prompt.js'
import { contaminate } from '../fault/context.js'
import type { Setting } from '../setting.js'
import { type PartBlow, strikePart } from '../struck-part.js'

type Retract = NonNullable<ContextPolicy['retract']>

/** `isRead`: only what was read is withdrawn, as nobody can take back that something was done. */
export function retractionIn(
  setting: Setting,
  retract: Retract | undefined,
  isRead: (tool: string) => boolean,
): Retract {
  /** Undefined until the first result could be wrong. */
  let turn: number | undefined
  let blow: PartBlow | undefined
  let wrong: { readonly call: string; readonly reason: string } | undefined
  const findOut = (shown: readonly Committed[]): void => {
    const last = Math.max(...shown.map(({ call }) => turnOf(call)))
    const old = shown.filter((one) => one.outcome === 'ok' && isRead(one.tool) && turnOf(one.call) < last)
    if (old.length === 0) return
    if (turn === undefined) {
      blow = strikePart(setting, [contaminate], 'context.retract')
      turn = Number(blow?.pick('turn') ?? 0)
    }
    const found = old.find(({ call }) => turnOf(call) >= (turn as number))
    if (!blow || !found || setting.world.tape.calm) return
    blow.note.landed()
    wrong = { call: found.call, reason: 'it was wrong' }
  }
  return (shown) => {
    const own = retract?.(shown) ?? []
    if (!wrong && (turn === undefined || blow)) findOut(shown)
    return wrong ? [...own, wrong] : own
  }
}

/** `t3.c0` → 3. */
const turnOf = (call: string): number => Number(/^t(\d+)/.exec(call)?.[1] ?? 0)
