/** The way of one call: five layers, outermost first, and a fallback for a read whose service is away. */

import { digest } from '../core/digest.js'
import { StormproofError } from '../core/error.js'
import type { LogEvent } from '../core/event.js'
import { fallback } from './fallback.js'
import { breaker, countCall } from './layer/breaker.js'
import { execute } from './layer/execute.js'
import type { Answer, Layer, Step, Work } from './layer/layer.js'
import { record, rejected, settled, withoutAttempt } from './layer/layer.js'
import { retry } from './layer/retry.js'
import { limited } from './limits/rate-limit.js'

/** The outermost layer: every call that goes in leaves exactly one terminal record. */
const traced: Layer = (next) => async (work) => {
  const answer = await next(work)
  const counted = work.run.agent.breaker.countUnit === 'call' ? await countCall(work, answer) : undefined
  await record(work, answer, () => [terminal(work, answer), ...(counted?.() ?? [])])
  return answer
}

/** A call whose arguments were refused never had an attempt. */
function terminal({ call }: Work, { outcome, note }: Answer): LogEvent {
  const isRefused = outcome.kind !== 'ok' && outcome.error.class === 'invalid-args' && call.attempts === 0
  return isRefused ? rejected(call.intent, outcome.error) : settled(call, outcome, note)
}

/** Gives an attempt its idempotency key, which is bound to the arguments. */
const keyed: Layer = (next) => (work) => {
  const { run, call } = work
  const { intent } = call
  if (digest(intent.args) !== intent.argsDigest) {
    throw new StormproofError('internal', `the arguments of ${intent.call} are not those its key was made for`)
  }
  return next({ key: run.parts.attemptKey(intent, call.attempts + 1), ...work })
}

/** Lets only arguments in that the schema takes unchanged, and only results out that the tool declares. */
const validated: Layer = (next) => async (work) => {
  const { run, call, tool } = work
  const error = run.parts.checkArguments(tool, call.intent.args ?? null)
  if (error) return withoutAttempt(error)
  const answer = await next(work)
  if (answer.outcome.kind !== 'ok') return answer
  // An attempt that went well says no more than this; a spread here costs each answer a hidden class of its own.
  const { isAttempt, late } = answer
  return { outcome: run.parts.checkOutput(tool, answer.outcome.value), isAttempt, ...(late && { late }) }
}

/** Brings a call to its one terminal record. Rejects only when the log cannot be written. */
export const dispatch: Step = traced(fallback(limited(breaker(retry(keyed(validated(execute)))))))
