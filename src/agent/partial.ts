/** Lets an observer hear an answer while it streams. Nothing it hears is state; what it has heard is not asked for a second time. */

import type { ModelAnswer, ModelRequest } from '../core/model.js'
import type { Outcome } from '../core/outcome.js'

export interface Ear {
  /** What the request carries of it. */
  readonly request: Pick<ModelRequest, 'onPartial'>
  /** The answer ended: nothing is heard any more, and a failure after something was heard is final. */
  close(outcome: Outcome<ModelAnswer>): Outcome<ModelAnswer>
}

const deaf: Ear = { request: {}, close: (outcome) => outcome }

/** An observer that throws is not the run's concern. */
export function earOf(observer: ((text: string) => void) | undefined): Ear {
  if (!observer) return deaf
  let isOpen = true
  let hasHeard = false
  const onPartial = (text: string): void => {
    if (!isOpen) return
    hasHeard = true
    try {
      observer(text)
    } catch {
      // The next partial is offered all the same.
    }
  }
  return {
    request: { onPartial },
    close: (outcome) => {
      isOpen = false
      if (outcome.kind === 'ok' || !hasHeard) return outcome
      return { kind: outcome.kind, error: { ...outcome.error, retryable: false } }
    },
  }
}
