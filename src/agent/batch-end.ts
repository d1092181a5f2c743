/** When a batch is over, and what it hands to the model. */

import type { Committed } from '../core/event.js'
import type { Batch, CallState } from './state.js'

/** Every call has its terminal record: siblings of a failed call are drained, not lost. */
export const allSettled = (batch: Batch): boolean => batch.settled.length === batch.calls.length

export const resultsInCallOrder = (batch: Batch, render: (call: CallState) => string): readonly Committed[] =>
  batch.calls.map((call) => resultOf(call, render))

/** The result of one call as it enters the conversation. */
export function resultOf(call: CallState, render: (call: CallState) => string): Committed {
  const { intent } = call
  return {
    call: intent.call,
    id: intent.id,
    tool: intent.tool,
    outcome: call.outcome ?? 'unknown',
    content: render(call),
  }
}
