/** Trouble that goes on: what the next requests to a service are answered, without a choice of their own. */

import type { Answer } from './answer.js'
import type { FaultNote } from './fault/note.js'
import type { Request } from './service.js'

export interface Lasting {
  readonly answer: Answer
  readonly delayMs: number
  /** Whom it strikes: the next attempts of the same call, every request to the operation, or every one to the service. */
  readonly on: 'call' | 'operation' | 'service'
  /** How many more it strikes, and how many it lets through before. */
  times: number
  passes: number
}

interface Begun {
  readonly lasting: Lasting
  readonly request: Request
  readonly note: FaultNote
}

/** What lasts at one service. All of it ends when the storm does. */
export class Troubles {
  readonly #begun: Begun[] = []

  begin(lasting: Lasting, request: Request, note: FaultNote): void {
    this.#begun.push({ lasting, request, note })
  }

  /** Counts down; undefined when nothing lasts that strikes this request. */
  next(request: Request): { readonly lasting: Lasting; readonly note: FaultNote } | undefined {
    for (const { lasting, request: struck, note } of this.#begun) {
      if (lasting.times === 0 || !strikes(lasting, struck, request)) continue
      if (lasting.passes > 0) {
        lasting.passes--
        continue
      }
      lasting.times--
      return { lasting, note }
    }
    return undefined
  }
}

function strikes({ on }: Lasting, struck: Request, request: Request): boolean {
  if (on === 'service') return true
  if (struck.operation !== request.operation) return false
  return on === 'operation' || (struck.call ?? struck.lane) === (request.call ?? request.lane)
}
