/** The faults that can strike a request: one constant list for each combination of those that depend on what is asked. */

import type { Implementation } from '../../core/backend.js'
import type { Request, Service } from '../service.js'
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
  return { faults, picky: faults.filter(({ fits, tolerated }) => fits !== undefined || !tolerated), lists: new Map() }
}

/** Their names, in the order of the registry. Equal lists are the same list. `allow`: what the scenario bears although no agent can. */
export function faultsOn(
  implementation: Implementation,
  service: Service,
  request: Request,
  allow: ReadonlySet<string>,
): readonly string[] {
  const { faults, picky, lists } = offers[implementation.kind]
  const beside = service.flights.beside(request)
  let fitting = 0
  for (let at = 0; at < picky.length; at++) {
    const { name, tolerated, fits } = picky[at] as ServiceFault
    const allowed = allow.has(name)
    if (!tolerated && !allowed) continue
    if (!fits || fits({ implementation, request, service, beside, allowed })) fitting |= 1 << at
  }
  const known = lists.get(fitting)
  if (known) return known
  const unfit = new Set(picky.filter((_, at) => (fitting & (1 << at)) === 0))
  const names = faults.filter((fault) => !unfit.has(fault)).map(({ name }) => name)
  lists.set(fitting, names)
  return names
}
