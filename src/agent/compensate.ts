/** One attempt of one compensation: keyed, not bounded by the run's deadline, retried within the agent's policy. */

import { copy } from '../core/json.js'
import type { Outcome } from '../core/outcome.js'
import { traceparentOf } from '../core/traceparent.js'
import { toolNamed } from './agent.js'
import { undoKey } from './open-batch.js'
import { toolTimeoutMs } from './policy.js'
import { type Run, retrying, waitOut } from './run.js'
import { undoPath } from './saga.js'
import type { SagaStep } from './state.js'
import { timed } from './timed.js'
import type { Ending } from './validity.js'

export async function compensate(run: Run, step: SagaStep): Promise<void> {
  await waitOut(run, step.wait, false)
  if (step.phase === 'orphaned') return end(run, step, { kind: 'interrupted' })
  const { call, tool } = step.call.intent
  const key = undoKey(step.call.intent.key)
  const attempt = step.attempts + 1
  await run.journal.append([{ type: 'compensation-start', step: step.step, call, tool, attempt, key }])
  await end(run, step, await attemptUndo(run, step, key))
}

function attemptUndo(run: Run, step: SagaStep, key: string): Promise<Ending> {
  const { intent } = step.call
  const tool = toolNamed(run.agent, intent.tool)
  const delayMs = tool ? run.parts.timeoutOf(tool) : toolTimeoutMs
  const deadline = run.clock.now() + delayMs
  return timed(run, {
    what: `compensation tool=${intent.tool} attempt=${step.attempts}`,
    call: intent.call,
    delayMs,
    start: async ({ signal }) =>
      tool?.compensate?.(copy(intent.args), {
        key,
        signal,
        deadline,
        call: undoPath(intent.call),
        attempt: step.attempts,
        traceparent: traceparentOf(run.trace, run.session, intent.call),
      }),
  })
}

function end(run: Run, step: SagaStep, ending: Ending): Promise<void> {
  const { call, tool } = step.call.intent
  const attempt = step.attempts
  const outcome = outcomeOf(run, step, ending)
  const ended = { type: 'compensation-end', step: step.step, call, tool, attempt, outcome: outcome.kind } as const
  if (outcome.kind === 'ok') return run.journal.append([ended])
  const { error } = outcome
  const again = retrying(run, undoPath(call), attempt, error, Number.POSITIVE_INFINITY)
  return run.journal.append([{ ...ended, error }, ...(again ? [again()] : [])])
}

/** Whatever a compensation returns, it is done; a tool the agent no longer has cannot be undone. */
function outcomeOf(run: Run, step: SagaStep, ending: Ending): Outcome {
  const tool = toolNamed(run.agent, step.call.intent.tool)
  if (tool?.compensate) return run.parts.outcomeOf(ending, tool)
  const text = 'the agent no longer has this compensation'
  return { kind: 'failed', error: { class: 'unknown-tool', text, retryable: false } }
}
