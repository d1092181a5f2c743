/** Faults in a row, as a scenario prescribes them: fail twice, then succeed. */

import type { Backends } from '../core/backend.js'
import { StormproofError } from '../core/error.js'
import { definitionOf } from '../sim/define-backend.js'
import type { CustomFault } from '../sim/fault/define-fault.js'
import type { FaultDefinition } from '../sim/fault/fault.js'
import { answerFaults } from '../sim/fault/model.js'
import { processFaults } from '../sim/fault/process.js'
import { serviceFaults } from '../sim/fault/tool.js'

/**
 * What becomes of one try: the name of a fault, `'none'`, or a fault with the details it is to have (`npx stormproof explain
 * model/http-error` names them; the storm chooses those left out).
 */
export type FaultStep = string | { readonly fault: string; readonly with?: Readonly<Record<string, string>> }

export interface SequenceStep {
  readonly fault: string
  readonly with: Readonly<Record<string, string>>
}

/** By operation, `shop.refund`, or `model`: the first try of each call or turn, the second, and so on. */
export type Sequences = Readonly<Record<string, readonly SequenceStep[]>>

export function sequencesOf(given: Readonly<Record<string, readonly FaultStep[]>>): Sequences {
  const step = (one: FaultStep): SequenceStep =>
    typeof one === 'string' ? { fault: one, with: {} } : { fault: one.fault, with: one.with ?? {} }
  return Object.fromEntries(Object.entries(given).map(([name, steps]) => [name, steps.map(step)]))
}

type Detailed = Pick<FaultDefinition, 'name' | 'parameters'>

/** What a sequence can be about, by name, and the faults that can strike there. */
export function strikable(
  backends: Backends,
  custom: readonly CustomFault[],
  allow: readonly string[],
): ReadonlyMap<string, readonly Detailed[]> {
  const targets = new Map<string, readonly Detailed[]>([['model', [...answerFaults, ...processFaults]]])
  for (const { name: backend, operations } of Object.values(backends).map(definitionOf))
    for (const [operation, { kind }] of Object.entries(operations)) {
      const own = custom.filter((fault) => fault.backend === backend && fault.operation === operation)
      const known = serviceFaults.filter(
        ({ name, on, tolerated }) => (on === 'both' || on === `${kind}s`) && (tolerated || allow.includes(name)),
      )
      const all = [...known, ...processFaults, ...own.map(({ name }) => ({ name, parameters: {} }))]
      targets.set(`${backend}.${operation}`, all)
    }
  return targets
}

/** Throws a `scenario` error for details that the fault does not have. */
export function checkDetails(scenario: string, { name, parameters }: Detailed, details: SequenceStep['with']): void {
  for (const [parameter, value] of Object.entries(details))
    if (!parameters[parameter]?.includes(value))
      throw new StormproofError(
        'scenario',
        `scenario "${scenario}" asks for ${name} with ${parameter} = ${JSON.stringify(value)}`,
        { remedy: `its details are ${detailsOf(parameters)}` },
      )
}

const detailsOf = (parameters: FaultDefinition['parameters']): string =>
  Object.entries(parameters)
    .map(([name, values]) => `${name} (${values.join(', ')})`)
    .join('; ') || 'none'
