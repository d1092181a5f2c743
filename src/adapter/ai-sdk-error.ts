/** What a provider of the AI SDK throws, by the marks by which the SDK knows its own errors. */

import { isStormproofError } from '../core/error.js'
import { scriptedUrl } from '../core/scripted-url.js'
import { ScriptedRefusal } from '../platform/chat-wire-scripted.js'
import { FailedBeforeOutput } from './ai-sdk-stream.js'

/** `APICallError.isInstance` looks for these and not for the class: several copies of the SDK may be loaded. */
const marks = { [Symbol.for('vercel.ai.error')]: true, [Symbol.for('vercel.ai.error.AI_APICallError')]: true }

/** An abort, and what is misuse, is thrown as it is. */
export function apiCallError(error: unknown, requestBodyValues: object): unknown {
  const base = { name: 'AI_APICallError', url: scriptedUrl, requestBodyValues, ...marks }
  if (error instanceof ScriptedRefusal) {
    const { status: statusCode, headers, body: responseBody, data, message } = error
    const isRetryable = statusCode === 408 || statusCode === 409 || statusCode === 429 || statusCode >= 500
    const responseHeaders = Object.fromEntries(headers)
    const said = statusCode < 400 ? 'Invalid JSON response' : data === undefined ? '' : message
    return Object.assign(new Error(said), { ...base, statusCode, responseHeaders, responseBody, data, isRetryable })
  }
  if (error instanceof FailedBeforeOutput) {
    const { status: statusCode, headers, data, message } = error
    const responseHeaders = Object.fromEntries(headers)
    return Object.assign(new Error(message), { ...base, statusCode, responseHeaders, data, isRetryable: true })
  }
  if (isStormproofError(error) || !(error instanceof TypeError)) return error
  const { cause } = error
  const said = `Cannot connect to API: ${cause instanceof Error ? cause.message : error.message}`
  return Object.assign(new Error(said, { cause }), { ...base, isRetryable: true })
}
