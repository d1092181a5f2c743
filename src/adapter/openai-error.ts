/** What the `openai` client throws, which SDKs on top of it hand on: by its own classes where they are given, else alike in every field. */

import { fieldOf } from '../platform/chat-wire.js'
import { ScriptedRefusal } from '../platform/chat-wire-scripted.js'

/** The default export of `openai`, as far as it is needed. */
export interface OpenAIErrors {
  readonly APIError: {
    new (status: undefined, error: any, message: undefined, headers: any): Error
    generate(status: number | undefined, body: any, message: string | undefined, headers: any): Error
  }
}

/** An abort, and what is misuse, is thrown as it is. */
export function openaiError(error: unknown, openai: OpenAIErrors | undefined): unknown {
  if (error instanceof ScriptedRefusal) {
    const { status, headers, data, message } = error
    // A 200 that cannot be read is what `JSON.parse` says of it.
    if (status < 400) return new SyntaxError('Unexpected end of JSON input')
    if (openai) return openai.APIError.generate(status, data, message, headers)
    const told = fieldOf(data, 'error')
    const [code, param, type] = ['code', 'param', 'type'].map((name) => fieldOf(told, name))
    const requestID = headers.get('x-request-id')
    return Object.assign(new Error(`${status} ${message}`), {
      status,
      headers,
      requestID,
      error: told,
      code,
      param,
      type,
    })
  }
  if (!(error instanceof TypeError)) return error
  if (openai) return openai.APIError.generate(undefined, error, undefined, undefined)
  return new Error('Connection error.', { cause: error })
}

/** A stream that the provider ended with an error of its own. */
export function openaiStreamError(told: unknown, headers: Headers, openai: OpenAIErrors | undefined): Error {
  if (openai) return new openai.APIError(undefined, told, undefined, headers)
  const message = String(fieldOf(told, 'message') ?? 'the stream failed')
  return Object.assign(new Error(message), {
    headers,
    error: told,
    code: fieldOf(told, 'code'),
    type: fieldOf(told, 'type'),
  })
}
