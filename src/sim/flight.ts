/** Requests on their way to one service and back: what a fault of the connection between two of them needs to know. */

import { isAlive, type Scope } from '../kernel/scope.js'
import type { Request } from './service.js'

export interface Flight {
  readonly request: Request
  /** Who sent it: what a dead process still awaits is on a connection that is gone. */
  readonly scope: Scope
  /** Told when its answer has come, or would have. */
  readonly whenOver: (() => void)[]
  /** The one whose answer must come before its own; `passed` is told when it waited for that. */
  behind: { readonly flight: Flight; readonly passed: () => void } | undefined
  /** Its answer, when it comes, is taken for that of another request. */
  strayed: boolean
}

export class Flights {
  /** In the order in which they were sent. */
  readonly #open = new Set<Flight>()

  begin(request: Request, scope: Scope): Flight {
    const flight: Flight = { request, scope, whenOver: [], behind: undefined, strayed: false }
    this.#open.add(flight)
    return flight
  }

  end(flight: Flight): void {
    if (!this.#open.delete(flight)) return
    for (const tell of flight.whenOver) tell()
  }

  isOpen(flight: Flight): boolean {
    return this.#open.has(flight)
  }

  /** The one that was sent last before this request and whose sender lives; undefined when it is alone. */
  beside(request: Request): Flight | undefined {
    let last: Flight | undefined
    for (const flight of this.#open) if (flight.request !== request && isAlive(flight.scope)) last = flight
    return last
  }
}
