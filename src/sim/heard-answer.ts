/** A streamed answer at the port of our own runtime: its text is heard while it comes, and then it is whole, or fails, or never ends. */

import type { Timer } from '../core/clock.js'
import { type ModelAnswer, ModelError } from '../core/model.js'
import { badResponse, connectionLost } from '../core/model-refusal.js'
import { drip, type Pace } from './drip.js'
import type { AnswerReply } from './model-reply.js'
import { type Flaw, partsOf, type Stream, textSent } from './stream.js'

export interface Asker {
  readonly hear: ((text: string) => void) | undefined
  readonly resolve: (answer: ModelAnswer) => void
  readonly reject: (error: ModelError) => void
}

export function hearAnswer(
  { answer, flaw }: AnswerReply,
  { gapMs, landed }: Stream,
  pace: Pace,
  { hear, resolve, reject }: Asker,
): Timer {
  const end = (): void => {
    landed()
    if (flaw?.kind !== 'cut') return resolve(flaw?.kind === 'collide' ? collided(answer) : answer)
    const error = cutErrors[flaw.mode]()
    if (error) reject(error)
  }
  const coming = drip(pace, heardOf(answer.text, flaw), gapMs, (text) => hear?.(text), end)
  return {
    cancel: () => {
      landed()
      coming.cancel()
    },
  }
}

const cutErrors = {
  eof: () => badResponse('a stream that ended early'),
  reset: connectionLost,
  'error-frame': () =>
    new ModelError({ class: 'unavailable', text: 'the model failed while it answered', retryable: true }),
  stall: () => undefined,
  pings: () => undefined,
} as const

/** The text so far, each time some of it has come. */
function heardOf(text: string, flaw: Flaw | undefined): readonly string[] {
  if (text === '') return []
  const sent = textSent(text, flaw)
  const beginning = partsOf(text)[0] as string
  if (sent.length <= beginning.length) return sent === '' ? [] : [sent]
  return flaw?.kind === 'duplicate' ? [beginning, sent, sent] : [beginning, sent]
}

/** What a client that goes by the index makes of two calls under one: the first call, with the arguments of both. */
function collided(answer: ModelAnswer): ModelAnswer {
  const [one, other, ...rest] = answer.calls
  if (!one || !other) return answer
  return { ...answer, calls: [{ ...one, arguments: one.arguments + other.arguments }, ...rest] }
}
