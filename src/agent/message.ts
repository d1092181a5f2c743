/** What the user says while a run goes on: it is in the log at once, and in the conversation from the next turn on. */

import { came, requireThat } from '../core/definition.js'
import type { LogEvent } from '../core/event.js'
import type { Rules } from './parts.js'
import type { Run } from './run.js'
import type { RunState } from './state.js'

/** Whether something was said that is not in the log, and the run can still hear it. */
export const isSaid = ({ state }: Run, said: readonly string[]): boolean =>
  said.length > state.messagesGiven && state.present && !state.end

/** Writes what is new of all that was said: each message once, whoever runs the session. */
export async function takeMessages({ state, journal }: Run, said: readonly string[]): Promise<void> {
  await journal.append(() =>
    said.slice(state.messagesGiven).map((text, at): LogEvent => {
      const problem = `a message of the user must be a text, not ${came(text)}`
      requireThat(typeof text === 'string' && text !== '', problem, 'leave it out of `messages`')
      return { type: 'message-given', number: state.messagesGiven + at + 1, text }
    }),
  )
}

export function giveMessage(state: RunState, text: string, rules: Rules): void {
  state.messagesGiven++
  state.unshown.push(text)
  showMessages(state, rules)
}

/**
 * Between two turns what was said joins the conversation: never between a call and its result. The last word of the model is then not
 * the last, as long as there is a turn left in which to answer.
 */
export function showMessages({ model, batch, unshown, messages }: RunState, { agent, parts }: Rules): void {
  if (unshown.length === 0 || model.phase !== 'settled' || (batch && !batch.committed)) return
  if (model.answer && !batch) {
    const { text, calls } = model.answer
    if (calls.length > 0 || model.turn >= parts.turnBudget(agent.limits)) return
    messages.push({ role: 'assistant', text, calls })
    model.answer = undefined
  }
  for (const text of unshown.splice(0)) messages.push({ role: 'user', text })
}
