/** Asks the tool whether a call that may have happened did. */

import type { LogEvents } from '../core/event.js'
import { copy } from '../core/json.js'
import { traceparentOf } from '../core/traceparent.js'
import type { Work } from './layer/layer.js'
import { timed } from './timed.js'
import type { Reconciled } from './tool.js'

export type ReconciledEvent = LogEvents['call-reconciled'] & { readonly type: 'call-reconciled' }

/** A tool that throws, hangs or answers anything else has said `unknown`. Asking changes nothing, so it is not bounded by the run. */
export async function reconcile({ run, call, tool }: Work): Promise<ReconciledEvent> {
  const { clock } = run.ports
  const { call: path, key, args } = call.intent
  const delayMs = run.parts.timeoutOf(tool)
  const attempt = call.attempts
  const traceparent = traceparentOf(run.trace, run.session, path)
  const ending = await timed({
    clock,
    live: run.live,
    delayMs,
    start: async ({ signal }) => {
      const deadline = clock.now() + delayMs
      return tool.reconcile?.(copy(args), { key, signal, deadline, call: `${path}.reconcile`, attempt, traceparent })
    },
    threw: (error) => run.blame?.(`reconcile tool=${tool.name}`, error, path),
  })
  const answer = ending.kind === 'returned' ? answerIn(ending.value) : 'unknown'
  return { type: 'call-reconciled', call: path, tool: tool.name, attempt, answer }
}

const answerIn = (value: unknown): Reconciled => (value === 'applied' || value === 'not-applied' ? value : 'unknown')
