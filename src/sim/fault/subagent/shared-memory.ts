/** Agents of a team that share one memory: each finds what the others remember, of work that is not done yet too. */

import type { FaultDefinition } from '../fault.js'

/** `scope`: what the others keep to their own session, or what they mean to outlive it. */
export const sharedMemory: FaultDefinition = {
  family: 'subagent',
  tolerated: true,
  chosenAs: 'outcome',
  name: 'subagent/shared-memory',
  says: 'An agent that looks into its memory finds what another of its team has just learnt, in the middle of its work.',
  parameters: { scope: ['episodic', 'semantic'] },
}
