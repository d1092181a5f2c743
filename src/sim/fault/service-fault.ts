/** A fault of the service behind a tool: what becomes of one request instead of what was asked. */

import type { Implementation } from '../../core/backend.js'
import type { ToolSpec } from '../../core/tool.js'
import type { Answer } from '../answer.js'
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
  readonly answer: Answer
  readonly delayMs: number
  /** What the caller would have got, where that is known: the fault lands only if `answer` differs from it. */
  readonly instead?: Answer
}

export interface ServiceFault extends FaultDefinition {
  readonly chosenAs: 'outcome'
  /** Which operations it can strike. */
  readonly on: 'reads' | 'writes' | 'both'
  /** Whether it can strike this very request, after so many writes; absent: it can. Pure and cheap: it is asked at every request. */
  readonly fits?: (implementation: Implementation, input: unknown, writes: number) => boolean
  /** Carries the request out, or does not, and says what comes back. */
  readonly strike: (struck: Struck) => Blow
}

/** How long a service takes when nothing is wrong. */
export const nominalMs = 100
/** After this long a broken connection is noticed. */
export const brokenAfterMs = 10_000

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
