/** Hands across a process boundary: requests and answers as plain JSON. Whoever starts processes carries them over. */

import { type ErrorCode, isStormproofError, StormproofError } from '../core/error.js'
import type { Hands } from './hands.js'

type Method = keyof Hands

/** `id` pairs an answer with its request. */
export interface HandsRequest {
  readonly id: number
  readonly method: Method
  readonly args: readonly unknown[]
}

export interface HandsFailure {
  readonly code: ErrorCode
  readonly text: string
  readonly remedy?: string
  readonly stack?: string
}

export type HandsAnswer =
  | { readonly id: number; readonly ok: true; readonly value?: unknown }
  | { readonly id: number; readonly ok: false; readonly failure: HandsFailure }

const methods: ReadonlySet<string> = new Set<Method>(['calm', 'trials', 'shrink', 'tell', 'bytes', 'close'])

/** Answers one request; never rejects. */
export async function serve(hands: Hands, { id, method, args }: HandsRequest): Promise<HandsAnswer> {
  try {
    if (!methods.has(method)) throw new StormproofError('internal', `hands have no method ${JSON.stringify(method)}`)
    const call = hands[method] as (...args: unknown[]) => Promise<unknown>
    return { id, ok: true, value: await call.apply(hands, [...args]) }
  } catch (error) {
    return { id, ok: false, failure: failureOf(error) }
  }
}

/** Hands whose work is done by whoever answers `exchange`; an answer may come in any order. `close` runs after theirs. */
export function handsOver(
  exchange: (request: HandsRequest) => Promise<HandsAnswer>,
  close: () => Promise<void> = async () => {},
): Hands {
  let last = 0
  const ask = async (method: Method, ...args: readonly unknown[]): Promise<any> => {
    const answer = await exchange({ id: ++last, method, args })
    if (answer.ok) return answer.value
    const { code, text, remedy, stack } = answer.failure
    throw new StormproofError(code, text, { ...(remedy !== undefined && { remedy }), cause: stack })
  }
  return {
    calm: (scenario) => ask('calm', scenario),
    trials: (scenario, jobs) => ask('trials', scenario, jobs),
    shrink: (scenario, decisions, target) => ask('shrink', scenario, decisions, target),
    tell: (scenario, decisions, target) => ask('tell', scenario, decisions, target),
    bytes: (scenario, job) => ask('bytes', scenario, job),
    async close() {
      await ask('close')
      await close()
    },
  }
}

function failureOf(error: unknown): HandsFailure {
  const stack = error instanceof Error && error.stack !== undefined ? { stack: error.stack } : {}
  if (isStormproofError(error))
    return {
      code: error.code,
      text: error.message,
      ...(error.remedy !== undefined && { remedy: error.remedy }),
      ...stack,
    }
  return { code: 'internal', text: error instanceof Error ? error.message : String(error), ...stack }
}
