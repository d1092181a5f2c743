/** One attempt of one compensation: keyed, not bounded by the run's deadline, retried within the agent's policy. */

import { failed, final } from '../core/outcome.js'
import { toolNamed } from './agent.js'
import { askTool } from './ask-tool.js'
import { undoKey } from './open-batch.js'
import { toolTimeoutMs } from './policy.js'
import { type Run, retrying, waitOut } from './run.js'
import { undoPath } from './saga.js'
import type { SagaStep } from './state.js'
import type { Ending } from './validity.js'

/** Whatever a compensation returns, it is done; a tool the agent no longer has cannot be undone. */
export async function compensate(run: Run, step: SagaStep): Promise<void> {
  await waitOut(run, step.wait, false)
  const ending: Ending = step.phase === 'orphaned' ? { kind: 'interrupted' } : await attemptUndo(run, step)
  const { call, tool: name } = step.call.intent
  const { attempts: attempt } = step
  const tool = toolNamed(run.agent, name)
  const gone = failed(final('unknown-tool', 'the agent no longer has this compensation'))
  const outcome = tool?.compensate ? run.parts.outcomeOf(ending, tool) : gone
  const ended = { type: 'compensation-end', step: step.step, call, tool: name, attempt, outcome: outcome.kind } as const
  if (outcome.kind === 'ok') return run.journal.append([ended])
  const { error } = outcome
  const again = retrying(run, undoPath(call), attempt, error, Number.POSITIVE_INFINITY)
  return run.journal.append([{ ...ended, error }, ...(again ? [again()] : [])])
}

async function attemptUndo(run: Run, { step, call: done, attempts }: SagaStep): Promise<Ending> {
  const { call, tool: name, key: doneUnder } = done.intent
  const key = undoKey(doneUnder)
  const attempt = attempts + 1
  await run.journal.append([{ type: 'compensation-start', step, call, tool: name, attempt, key }])
  const tool = toolNamed(run.agent, name)
  return askTool(run, done, {
    what: `compensation tool=${name} attempt=${attempt}`,
    delayMs: tool ? run.parts.timeoutOf(tool) : toolTimeoutMs,
    start: (args, context) => tool?.compensate?.(args, { ...context, key, call: undoPath(call), attempt }),
  })
}
