/** Does what was decided: together with what it calls, the only place that touches a port. */

import type { LogEvent } from '../core/event.js'
import { advanceBatch } from './advance-batch.js'
import { askModel, endInterrupted } from './ask-model.js'
import { shown } from './batch-end.js'
import { handedOff } from './built-in.js'
import type { Action } from './decide.js'
import { screened } from './guard/screen.js'
import { released, vetAnswer } from './guard/vet.js'
import { joinsPool, leavePool } from './limits/spending.js'
import { observing } from './memory.js'
import type { Run } from './run.js'
import { doneSteps, residueOf } from './saga.js'
import type { Batch } from './state.js'
import { endChildren, takeChildren } from './team/delegate.js'
import { resumed } from './wait.js'

export function perform(run: Run, action: Action): Promise<void> {
  const { journal, state } = run
  switch (action.kind) {
    case 'start':
      return start(run)
    case 'resume':
      return journal.append(() => [resumed(run), ...endInterrupted(run)]).then(() => takeChildren(run))
    case 'call-model':
      return askModel(run, action)
    case 'advance-batch':
      return state.batch ? advanceBatch(run, state.batch) : Promise.resolve()
    case 'commit-batch':
      return journal.append(() => (state.batch ? screened(run, commit(run, state.batch), observing) : []))
    case 'vet-answer':
      return vetAnswer(run)
    case 'abort-saga':
      return journal.append(() => [
        { type: 'saga-abort', cause: action.cause, steps: doneSteps(state).map(({ step }) => step) },
      ])
    case 'compensate':
      return run.parts.undo(run, action.step)
    case 'end':
      return end(run, action.cause)
    case 'wait':
    case 'return':
      return Promise.resolve()
  }
}

/** A run that its pool cannot afford ends where it starts. */
async function start(run: Run): Promise<void> {
  const isAfforded = !run.agent.budget?.pool || (await joinsPool(run))
  const refused = { type: 'run-end', status: 'failed', reason: 'budget-exhausted', text: '', residue: [] } as const
  await run.journal.append(isAfforded ? [runStart(run)] : [runStart(run), refused])
}

async function end(run: Run, cause: string): Promise<void> {
  if (run.state.children.size > 0) await endChildren(run)
  if (run.agent.budget?.pool) await leavePool(run)
  await run.journal.append(() => runEnd(run, cause))
}

function runStart({ session, prompt, agent, clock, history }: Run): LogEvent {
  const { name, instructions, limits, saga } = agent
  const start = { session, agent: name, prompt, instructions, limits, saga, at: clock.now() }
  return { type: 'run-start', ...start, ...(history && { history }) }
}

const commit = (run: Run, batch: Batch): LogEvent => ({
  type: 'batch-commit',
  turn: batch.turn,
  results: run.parts.resultsOf(batch, (call) => shown(run, call)),
})

function runEnd(run: Run, cause: string): readonly LogEvent[] {
  const { agent, parts, state } = run
  const handOff = handedOff(state, agent)
  const end: LogEvent = {
    type: 'run-end',
    ...released(run, parts.conclude(state, cause)),
    ...(cause === 'hand-off' && handOff ? { handOff } : {}),
    ...(state.model.phase === 'ended' && state.model.error ? { error: state.model.error } : {}),
  }
  if (state.saga.status === 'open') return [{ type: 'saga-end', status: 'committed', residue: [] }, end]
  if (state.saga.status !== 'aborted') return [end]
  const residue = residueOf(state)
  const status = residue.length > 0 ? 'needs-intervention' : 'compensated'
  return [{ type: 'saga-end', status, residue }, end]
}
