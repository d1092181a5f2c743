/** The last turn of a run: it offers no tools, and the prompt says so. The note is rendered, never stored. */

import type { Message } from '../core/message.js'

const note: Message = {
  role: 'user',
  text: 'This was the last step: no tools are left. Answer now with what you have, and say what is missing.',
}

/** Nobody has been told of tools in a run of one turn: it is asked as it stands. */
export const askForAnswer = (messages: readonly Message[]): readonly Message[] =>
  messages.at(-1)?.role === 'tool' ? [...messages, note] : messages
