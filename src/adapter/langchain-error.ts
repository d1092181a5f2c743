/** What `ChatOpenAI` makes of the errors of its client. */

import { fieldOf } from '../platform/chat-wire.js'

const codes: Readonly<Record<number, string>> = {
  401: 'MODEL_AUTHENTICATION',
  404: 'MODEL_NOT_FOUND',
  429: 'MODEL_RATE_LIMIT',
}

/** `ContextOverflowError.isInstance` and the retries of LangChain look for these and not for a class. */
const overflow = {
  name: 'ContextOverflowError',
  [Symbol.for('langchain.error')]: true,
  [Symbol.for('langchain.error.context-overflow')]: true,
  [Symbol.for('langchain.errors.retryable')]: false,
}

export function langchainError(error: unknown): unknown {
  const message = String(fieldOf(error, 'message'))
  if (fieldOf(error, 'code') === 'context_length_exceeded')
    return Object.assign(new Error(message, { cause: error }), overflow)
  const status = Number(fieldOf(error, 'status'))
  const code = status === 400 && message.includes('tool_calls') ? 'INVALID_TOOL_RESULTS' : codes[status]
  return code === undefined ? error : Object.assign(error as Error, { lc_error_code: code })
}
