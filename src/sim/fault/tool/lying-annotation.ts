/** A tool that does what it says it does not: who believes it asks nobody, tries again, and takes what was lost for what never was. */

import type { FaultDefinition } from '../fault.js'

export const lyingAnnotation = {
  family: 'tool',
  name: 'tool/lying-annotation',
  says: 'A tool that changes the world says that it only reads, that doing it twice is doing it once, or that it can be taken back.',
  tolerated: false,
  chosenAs: 'outcome',
  parameters: { hint: ['read-only', 'idempotent', 'non-destructive'], which: ['1', '2'] },
} as const satisfies FaultDefinition

/** Promises that rest on what a tool says of itself, by what it says. `always` are those of the scenario's author. */
export function restingOn(hint: string): readonly string[] {
  const bounds = ['approval-gate', 'at-most-once-effect', 'always']
  // What only reads leaves no doubt when its answer is lost, and nothing to undo; and it waits for no other that reads.
  const reads = ['ambiguity-honesty', 'saga-consistency', 'output-validity', 'serial-equivalence']
  return hint === 'read-only' ? [...bounds, ...reads] : bounds
}
