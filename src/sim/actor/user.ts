/** The user: answers what the model asks them, a while after the run began to wait for it. */

import type { Setting } from '../setting.js'

export interface User {
  /** What they say to a question. */
  readonly answers: string | ((question: string) => string)
  /** From when the run waits, in milliseconds. Default 1,000. */
  readonly afterMs?: number
}

export interface UserLane {
  /** What they said so far, by call: it outlives every crash of who asked. */
  readonly said: Readonly<Record<string, string>>
  /** Calls back when they have answered; at once, if they have before. */
  ask(call: string, question: string, then: () => void): void
}

export function userLane({ world }: Setting, { answers, afterMs = 1_000 }: User): UserLane {
  const said: Record<string, string> = {}
  return {
    said,
    ask: (call, question, then) =>
      void world.happen(`user.answer#${call}`, said[call] === undefined ? afterMs : 0, () => {
        said[call] ??= typeof answers === 'string' ? answers : answers(question)
        then()
      }),
  }
}
