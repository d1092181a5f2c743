/** A service that tells the history what it did and answered: for promises that compare it with a model. */

import type { Implementation } from '../core/backend.js'
import { copy } from '../core/json.js'
import { frozen } from '../core/own-copy.js'
import type { World } from '../kernel/world.js'
import type { Request, Service } from './service.js'

/** What it refuses, and what it remembers of an idempotency key, changes nothing and is not told. */
export function toldService(world: World, service: Service): Service {
  const { definition } = service
  const tell = (request: Request, input: unknown, answer: unknown, isCurrent: boolean): void => {
    const { operation, site, key, call, attempt, lane } = request
    const { kind } = definition.operations[operation] as Implementation
    const asked = { backend: service.name, operation, kind, site, input: frozen(copy(input)), key, call, attempt }
    world.emit('operation-done', { ...asked, answer: frozen(copy(answer)), isCurrent }, lane)
  }
  return {
    ...service,
    carryOut: (request, extent) => {
      const { kind, keyed, consistent, partial } = definition.operations[request.operation] as Implementation
      const isOld = kind === 'write' && keyed && service.remembers(request)
      const answer = service.carryOut(request, extent)
      if (isOld || answer.kind !== 'value') return answer
      const input = extent === 'part' ? (partial(request.input) ?? request.input) : request.input
      const isCurrent = kind === 'write' || consistent || definition.eventual === undefined
      tell(request, input, answer.value, isCurrent)
      return answer
    },
    rival: (request) => {
      service.rival(request)
      tell(request, request.input, undefined, false)
    },
  }
}
