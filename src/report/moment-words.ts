/** Where a trial stood, in words: for who looks into a replay, and for what the record keeps of a finding. */

import type { Message } from '../core/message.js'
import type { State } from './moment.js'

/** What there is to say of the state: `in doubt`, `t2.c0 refundOrder`. */
export const stateWords = (state: State): readonly (readonly [name: string, text: string])[] =>
  Object.entries({
    run: `${state.run}, turn ${state.turn}${state.life > 1 ? `, life ${state.life}` : ''}`,
    'open calls': state.openCalls.join('; '),
    'in doubt': state.inDoubt.join('; '),
    requests: state.openRequests.join('; '),
    awaited: state.awaited.join('; '),
    breakers: state.breakers.join('; '),
  }).filter(([, text]) => text !== '')

/** A message as one text for each thing said, called or answered; none for a message that says nothing. */
export function spokenIn(message: Message): readonly string[] {
  if (message.role === 'tool')
    return message.results.map(({ id, tool, outcome, content }) => `${id} ${tool} ${outcome}: ${content}`)
  const calls = message.role === 'assistant' ? message.calls : []
  return [
    ...(message.text === '' ? [] : [message.text]),
    ...calls.map(({ id, tool, arguments: text }) => `${id} ${tool}(${text})`),
  ]
}
