/** A result that arrived after its attempt had ended: it tells what became of the effect, and is never shown. */

import type { LogEvents } from '../core/event.js'
import type { CallState, RunState } from './state.js'

export function takeLate(_state: RunState, call: CallState, event: LogEvents['late-result']): void {
  if (call.intent.effect === 'read' || event.outcome === 'unknown') return
  if (event.outcome === 'ok') call.applied = true
  const index = call.unresolved.indexOf(event.attempt)
  if (index >= 0) call.unresolved.splice(index, 1)
}
