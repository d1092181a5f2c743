/** A fault of the service behind a tool: what becomes of one request instead of what was asked. */

import type { Implementation } from '../../core/backend.js'
import type { ToolSpec } from '../../core/tool.js'
import type { Answer } from '../answer.js'
import type { Flight } from '../flight.js'
import type { Lasting } from '../lasting.js'
import type { Request, Service } from '../service.js'
import type { FaultDefinition } from './fault.js'

/** The request that is struck. */
export interface Struck {
  readonly service: Service
  readonly request: Request
  /** What the model was offered last. */
  readonly tools: readonly ToolSpec[]
  /** Chooses one of the fault's own `parameters`. */
  readonly pick: (parameter: string) => string
}

/** What the caller gets, and after how long. */
export interface Blow {
  /** A function: known only when it comes. */
  readonly answer: Answer | (() => Answer)
  readonly delayMs: number
  /** It comes before the request is on its way: a client throws instead of returning a promise. */
  readonly atOnce?: boolean
  /** What the next requests get, until it has struck often enough or the storm is over. */
  readonly lasts?: Lasting
  /** The request whose answer must wait for this one's. */
  readonly overtakes?: Flight | undefined
  /** What the service does later, unasked: the fault lands where `deliver` says that it changed something. */
  readonly afterwards?: { readonly inMs: number; readonly deliver: () => boolean }
  /** What the caller would have got, where that is known: the fault lands only if `answer` differs from it. */
  readonly instead?: Answer
}

/** What a fault may ask before it is offered. */
export interface Circumstances {
  readonly implementation: Implementation
  readonly request: Request
  readonly service: Service
  /** Another request on its way to the service. */
  readonly beside: Flight | undefined
  /** The scenario allows the fault although no agent can keep every promise under it. */
  readonly allowed: boolean
}

export interface ServiceFault extends FaultDefinition {
  readonly chosenAs: 'outcome'
  /** Which operations it can strike. */
  readonly on: 'reads' | 'writes' | 'both'
  /** Whether it can strike this very request; absent: it can. Pure and cheap: it is asked at every request. */
  readonly fits?: (circumstances: Circumstances) => boolean
  /** Promises that no agent can keep once it has struck: names of invariants; `always`: those of the scenario's author. */
  readonly waives?: (implementation: Implementation) => readonly string[]
  /** Carries the request out, or does not, and says what comes back. */
  readonly strike: (struck: Struck) => Blow
}

/** How long a service takes when nothing is wrong. */
export const nominalMs = 100
/** After this long a broken connection is noticed. */
export const brokenAfterMs = 10_000

export const transportFault = { family: 'transport', tolerated: true, chosenAs: 'outcome', parameters: {} } as const
export const toolFault = { family: 'tool', tolerated: true, chosenAs: 'outcome', parameters: {} } as const

/** Carries the request out and answers with something else than its value. A service that refuses is heard as it is. */
export function spoil(
  { service, request }: Pick<Struck, 'service' | 'request'>,
  change: (value: unknown) => Answer,
): Blow {
  const instead = service.carryOut(request, 'all')
  const answer = instead.kind === 'value' ? change(instead.value) : instead
  return { answer, delayMs: nominalMs, instead }
}
