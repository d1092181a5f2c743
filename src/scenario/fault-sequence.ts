/** Faults in a row, as a scenario prescribes them: fail twice, then succeed. */

import { StormproofError } from '../core/error.js'
import { faults } from '../sim/fault/registry.js'

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

/** `operations`: those there are, `shop.refund`; `custom`: the names of the scenario's own faults. Throws a `scenario` error. */
export function checkSequences(
  scenario: string,
  sequences: Sequences,
  operations: readonly string[],
  custom: readonly string[],
): void {
  const wrong = (what: string, remedy: string): StormproofError =>
    new StormproofError('scenario', `scenario "${scenario}": \`faults.sequence\` ${what}`, { remedy })
  for (const [name, steps] of Object.entries(sequences)) {
    if (name !== 'model' && !operations.includes(name))
      throw wrong(`names ${JSON.stringify(name)}`, `name one of ${['model', ...operations].join(', ')}`)
    for (const { fault, with: details } of steps) {
      if (fault === 'none' || custom.includes(fault)) continue
      const known = faults.find((one) => one.name === fault && one.chosenAs === 'outcome')
      if (!known)
        throw wrong(
          `gives ${name} the fault ${JSON.stringify(fault)}, which is no outcome of a request`,
          "'none', a fault of your own, or one of `npx stormproof list faults`",
        )
      for (const [parameter, value] of Object.entries(details))
        if (!known.parameters[parameter]?.includes(value))
          throw wrong(
            `asks for ${fault} with ${parameter} = ${JSON.stringify(value)}`,
            `its details are ${detailsOf(known.parameters)}`,
          )
    }
  }
}

const detailsOf = (parameters: Readonly<Record<string, readonly string[]>>): string =>
  Object.entries(parameters)
    .map(([name, values]) => `${name} (${values.join(', ')})`)
    .join('; ') || 'none'
