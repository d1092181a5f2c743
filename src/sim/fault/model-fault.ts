/** A fault of the language model or its provider: what comes instead of the answer it would have given. */

import type { Habit } from '../habit.js'
import type { ModelReply } from '../model-reply.js'
import type { Played } from '../play.js'
import type { FaultDefinition } from './fault.js'

/** The answer that is struck. */
export interface Spoilt {
  readonly played: Played
  readonly turn: number
  readonly streams: boolean
  /** Chooses one of the fault's own `parameters`. */
  readonly pick: (parameter: string) => string
}

export interface ModelFault extends FaultDefinition {
  readonly chosenAs: 'outcome'
  /** Which answers it can strike. */
  readonly on: 'any' | 'calls' | 'batches'
  /** Only an answer that streams, or only one that does not. Default: either. */
  readonly streamed?: boolean
  /**
   * The reply, after how many milliseconds it comes, and to how many attempts of the turn in a row; default one. With a habit the
   * fault lands where that changes something.
   */
  readonly spoil: (spoilt: Spoilt) => readonly [reply: ModelReply, afterMs: number, times?: number, habit?: Habit]
}

export const answerAfterMs = 1_000

export const modelFault = { family: 'model', tolerated: true, chosenAs: 'outcome', parameters: {} } as const
