/** One attempt of one compensation: keyed, not bounded by the run's deadline, retried within the agent's policy. */

import { failed, final, type Outcome } from '../core/outcome.js'
import { toolNamed } from './agent.js'
import { askTool } from './ask-tool.js'
import { undoKey } from './open-batch.js'
import { toolTimeoutMs } from './policy.js'
import { type Run, retrying, waitOut } from './run.js'
import { undoPath } from './saga.js'
import type { SagaStep } from './state.js'
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
  const { attempts: attempt } = step
  const { call, tool: name } = step.call.intent
  const tool = toolNamed(run.agent, name)
  return askTool(run, step.call, {
    what: `compensation tool=${name} attempt=${attempt}`,
    delayMs: tool ? run.parts.timeoutOf(tool) : toolTimeoutMs,
    start: (args, context) => tool?.compensate?.(args, { ...context, key, call: undoPath(call), attempt }),
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
  return failed(final('unknown-tool', 'the agent no longer has this compensation'))
}
