/** The faults that can strike a request: one constant list for each combination of those that depend on what is asked. */

import type { Implementation } from '../../core/backend.js'
import { secretCanary } from './observability/secret-canary.js'
import type { ServiceFault } from './service-fault.js'
import { serviceFaults } from './tool.js'

interface Offer {
  readonly faults: readonly ServiceFault[]
  readonly picky: readonly ServiceFault[]
  /** By the picky ones that fit, a bit for each. */
  readonly lists: Map<number, readonly string[]>
}

const offers = { read: offerOn('reads'), write: offerOn('writes') }

function offerOn(what: 'reads' | 'writes'): Offer {
  const faults = serviceFaults.filter(({ on }) => on === 'both' || on === what)
  return { faults, picky: faults.filter(({ fits }) => fits !== undefined), lists: new Map() }
}

/** Their names, in the order of the registry. Equal lists are the same list. */
export function faultsOn(implementation: Implementation, input: unknown, writes: number): readonly string[] {
  const { faults, picky, lists } = offers[implementation.kind]
  let fitting = 0
  for (let at = 0; at < picky.length; at++) if (picky[at]?.fits?.(implementation, input, writes)) fitting |= 1 << at
  const known = lists.get(fitting)
  if (known) return known
  const unfit = new Set(picky.filter((_, at) => (fitting & (1 << at)) === 0))
  const names = faults.filter((fault) => !unfit.has(fault)).map(({ name }) => name)
  lists.set(fitting, names)
  return names
}

const leaky = new WeakMap<readonly string[], readonly string[]>()

/** What can strike a service that holds secrets. Equal lists give the same list. */
export function alsoLeaky(names: readonly string[]): readonly string[] {
  const known = leaky.get(names) ?? [...names, secretCanary.name]
  leaky.set(names, known)
  return known
}
