/** Whether an answer of a model is one to go on with: whole, said for a known reason, and not empty. */

import type { ModelAnswer } from './model.js'
import { failed, type Outcome, ok } from './outcome.js'

/** One that was cut off or withheld never executes a call. */
export function judgeAnswer(answer: ModelAnswer): Outcome<ModelAnswer> {
  if (!isAnswer(answer)) return unusable('the answer has no text or no list of calls', true)
  switch (answer.stop) {
    case 'length':
      return unusable('the answer was cut off at its length limit', true)
    case 'content-filter':
      return unusable('the answer was withheld by a content filter', false)
    case 'refusal':
      return unusable('the model refused', false)
    case 'tool-calls':
    case 'stop':
      if (answer.calls.length > 0) return ok(answer)
      if (answer.stop === 'tool-calls') return unusable('the answer announced calls and brought none', true)
      return answer.text === '' ? unusable('the answer was empty', true) : ok(answer)
    default:
      return unusable('the answer ended for no known reason', true)
  }
}

const unusable = (text: string, retryable: boolean): Outcome<never> =>
  failed({ class: retryable ? 'bad-response' : 'refused', text, retryable })

/** A port may stand before anything: what it hands over is looked at before it is believed. */
function isAnswer(answer: Partial<ModelAnswer> | undefined): boolean {
  return typeof answer?.text === 'string' && Array.isArray(answer.calls)
}
