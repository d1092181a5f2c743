/** Faults of a subagent as a whole: what becomes of one attempt at having it do its task, and what goes on beside it. */

import type { FaultDefinition } from './fault.js'
import { sameInstance } from './subagent/same-instance.js'
import { sharedMemory } from './subagent/shared-memory.js'

const outcome = { family: 'subagent', tolerated: true, chosenAs: 'outcome' } as const

/** The turn of the subagent from which it is struck. */
const from = ['1', '2', '3'] as const
const failures = ['error', 'empty', 'cut', 'crash'] as const

const subagentFails: FaultDefinition = {
  ...outcome,
  name: 'subagent/fail',
  says: 'A subagent comes to no end of its own: its model refuses it, says nothing, is cut short, or nothing more can be written of it.',
  parameters: { mode: failures, from },
}

export const subagentHangs: FaultDefinition = {
  ...outcome,
  name: 'subagent/hang',
  says: 'A subagent waits for a model that never answers, however often it asks.',
  parameters: { from },
}

export const subagentPauses: FaultDefinition = {
  ...outcome,
  name: 'subagent/pause',
  says: 'A subagent is kept waiting in the middle of its task, and then goes on.',
  parameters: { ms: ['30000', '90000', '600000'], from },
}

/** Those that strike one attempt at having it do its task. */
export const childFaults: readonly FaultDefinition[] = [subagentFails, subagentHangs, subagentPauses]

export const subagentFaults: readonly FaultDefinition[] = [...childFaults, sameInstance, sharedMemory]
