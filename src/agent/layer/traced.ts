/** The outermost layer: every call that goes in leaves exactly one terminal record. */

import type { LogEvent } from '../../core/event.js'
import { countCall } from './breaker.js'
import type { Answer, Layer, Work } from './layer.js'
import { record, settled } from './record.js'

export const traced: Layer = (next) => async (work) => {
  const answer = await next(work)
  const counted = work.run.agent.breaker.countUnit === 'call' ? await countCall(work, answer) : undefined
  await record(work, answer, () => [terminal(work, answer), ...(counted?.() ?? [])])
  return answer
}

/** A call whose arguments were refused never had an attempt. */
function terminal({ call }: Work, { outcome, note }: Answer): LogEvent {
  const { call: path, tool } = call.intent
  if (outcome.kind !== 'ok' && outcome.error.class === 'invalid-args' && call.attempts === 0) {
    return { type: 'call-rejected', call: path, tool, error: outcome.error }
  }
  return settled(call, outcome, note)
}
