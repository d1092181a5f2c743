/** Does what was decided: together with what it calls, the only place that touches a port. */

import type { LogEvent } from '../core/event.js'
import type { Action } from './action.js'
import { advanceBatch } from './advance-batch.js'
import { askModel, endInterrupted } from './ask-model.js'
import { compensate } from './compensate.js'
import type { Run } from './run.js'
import { doneSteps, residueOf } from './saga.js'
import type { Batch } from './state.js'

export function perform(run: Run, action: Action): Promise<void> {
  const { journal, state } = run
  switch (action.kind) {
    case 'start':
      return journal.append([runStart(run)])
    case 'resume':
      return journal.append(() => [resumed(run), ...endInterrupted(run)])
    case 'call-model':
      return askModel(run, action)
    case 'advance-batch':
      return state.batch ? advanceBatch(run, state.batch) : Promise.resolve()
    case 'commit-batch':
      return journal.append(() => (state.batch ? [commit(run, state.batch)] : []))
    case 'abort-saga':
      return journal.append(() => [
        { type: 'saga-abort', cause: action.cause, steps: doneSteps(state).map(({ step }) => step) },
      ])
    case 'compensate':
      return compensate(run, action.step)
    case 'end':
      return journal.append(() => runEnd(run, action.cause))
    case 'return':
      return Promise.resolve()
  }
}

function runStart({ session, prompt, agent, ports }: Run): LogEvent {
  const { name, instructions, limits, saga } = agent
  return { type: 'run-start', session, agent: name, prompt, instructions, limits, saga, at: ports.clock.now() }
}

const resumed = ({ epoch, ports }: Run): LogEvent => ({ type: 'run-resume', epoch, at: ports.clock.now() })

const commit = ({ parts }: Run, batch: Batch): LogEvent => ({
  type: 'batch-commit',
  turn: batch.turn,
  results: parts.resultsOf(batch, parts.render),
})

function runEnd({ parts, state }: Run, cause: string): readonly LogEvent[] {
  const end: LogEvent = { type: 'run-end', ...parts.conclude(state, cause) }
  if (state.saga.status === 'open') return [{ type: 'saga-end', status: 'committed', residue: [] }, end]
  if (state.saga.status !== 'aborted') return [end]
  const residue = residueOf(state)
  const status = residue.length > 0 ? 'needs-intervention' : 'compensated'
  return [{ type: 'saga-end', status, residue }, end]
}
