/** How a run ends: its status is never better than what is known of its effects. */

import type { RunStatus } from '../core/event.js'
import { residueOf } from './saga.js'
import { type RunEnd, type RunState, unresolvedCalls } from './state.js'

/** `cause` is `stop` for the model's natural stop, else why the run had to end. */
export function conclude(state: RunState, cause: string): RunEnd {
  const text = state.model.answer?.text ?? ''
  if (state.saga.status === 'aborted') {
    const residue = residueOf(state)
    if (residue.length > 0) return { status: 'needs-intervention', reason: 'saga-residue', text, residue }
    return { status: statusFor(cause), reason: undoneReason(cause), text, residue }
  }
  const residue = unresolvedCalls(state).map((call) => call.intent.call)
  if (cause !== 'stop' && cause !== 'hand-off') return { status: statusFor(cause), reason: cause, text, residue }
  if (residue.length > 0) return { status: 'needs-intervention', reason: 'unresolved-effects', text, residue }
  return { status: 'completed', reason: cause, text, residue }
}

const statusFor = (cause: string): RunStatus =>
  cause === 'deadline' ? 'timed-out' : cause === 'cancelled' ? 'cancelled' : 'failed'

/** An outside bound stays visible in the reason; what went wrong inside the saga is told by its name. */
const undoneReason = (cause: string): string =>
  cause === 'unknown-outcome' || cause === 'step-failed' ? 'saga-compensated' : cause
