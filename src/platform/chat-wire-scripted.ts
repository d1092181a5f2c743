/** Asks the scripted model of the simulation that the asker lives in: what stands behind the native adapters of all SDKs. */

import { StormproofError } from '../core/error.js'
import type { Message } from '../core/message.js'
import type { ModelAnswer, StopReason, Usage } from '../core/model.js'
import { scriptedUrl } from '../core/scripted-url.js'
import type { ToolSpec } from '../core/tool.js'
import { chatAnswer, chatBody, fieldOf, items, stops, usageOf } from './chat-wire.js'
import { eventsIn } from './server-sent-events.js'

export interface ScriptedQuestion {
  readonly messages: readonly Message[]
  readonly tools: readonly ToolSpec[]
  readonly signal: AbortSignal | undefined
}

export interface ScriptedAnswer extends ModelAnswer {
  /** Unique in a trial, the same in its replay. */
  readonly id: string
}

/** A part of an answer as it streams. Parts of one call share their `index`; id and name come with the first. */
export type ScriptedPiece =
  | { readonly type: 'begin'; readonly id: string }
  | { readonly type: 'text' | 'refusal'; readonly text: string }
  | {
      readonly type: 'call'
      readonly index: number
      readonly id: string | undefined
      readonly name: string | undefined
      readonly arguments: string
    }
  | { readonly type: 'end'; readonly stop: StopReason }
  | { readonly type: 'usage'; readonly usage: Usage }
  /** The provider failed after it had begun. */
  | { readonly type: 'failed'; readonly error: unknown }

export interface ScriptedStream {
  readonly headers: Headers
  readonly pieces: AsyncGenerator<ScriptedPiece, void>
}

/** What an adapter throws in the words of its SDK: an answer that is none. */
export class ScriptedRefusal extends Error {
  readonly status: number
  readonly headers: Headers
  readonly body: string
  /** The body as JSON; undefined where it is none. */
  readonly data: unknown

  constructor({ status, headers }: Response, body: string) {
    const data = parsed(body)
    super(textOf(fieldOf(fieldOf(data, 'error'), 'message')) ?? (status < 400 ? 'no JSON' : body))
    this.status = status
    this.headers = headers
    this.body = body
    this.data = data
  }
}

/** Rejects with a `ScriptedRefusal`, or as `fetch` does. */
export async function askWhole(question: ScriptedQuestion): Promise<ScriptedAnswer> {
  const response = await post(question, false)
  const body = await response.text()
  const data = parsed(body)
  if (data === undefined) throw new ScriptedRefusal(response, body)
  return { ...chatAnswer(data), id: textOf(fieldOf(data, 'id')) ?? '' }
}

/** Rejects as `askWhole` does, before the first piece; what breaks later is thrown by the pieces. */
export async function askPieces(question: ScriptedQuestion): Promise<ScriptedStream> {
  const { body, headers } = await post(question, true)
  return { headers, pieces: piecesIn(eventsIn(body as unknown as AsyncIterable<Uint8Array>)) }
}

async function post({ messages, tools, signal }: ScriptedQuestion, streams: boolean): Promise<Response> {
  const stream = streams ? { stream: true, stream_options: { include_usage: true } } : {}
  const response = await fetch(scriptedUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...chatBody({ messages, tools }, { model: 'scripted', limit: '', extra: {} }), ...stream }),
    signal: signal ?? null,
  }).catch((error: unknown) => {
    throw fieldOf(fieldOf(error, 'cause'), 'syscall') === 'getaddrinfo' ? outside(error) : error
  })
  if (!response.ok) throw new ScriptedRefusal(response, await response.text())
  return response
}

async function* piecesIn(events: AsyncIterable<string>): AsyncGenerator<ScriptedPiece, void> {
  let [begun, refused] = [false, false]
  for await (const event of events) {
    if (event === '[DONE]') return
    const chunk = parsed(event)
    const error = fieldOf(chunk, 'error')
    if (error !== undefined) yield { type: 'failed', error }
    else if (!begun) yield { type: 'begin', id: textOf(fieldOf(chunk, 'id')) ?? '' }
    begun = true
    for (const piece of piecesOf(chunk)) {
      refused ||= piece.type === 'refusal'
      yield piece.type === 'end' && refused ? { ...piece, stop: 'refusal' } : piece
    }
  }
}

function* piecesOf(chunk: unknown): Generator<ScriptedPiece, void> {
  const choice = items(fieldOf(chunk, 'choices'))[0]
  const delta = fieldOf(choice, 'delta')
  for (const [type, field] of [['text', 'content'] as const, ['refusal', 'refusal'] as const]) {
    const text = textOf(fieldOf(delta, field))
    if (text) yield { type, text }
  }
  for (const call of items(fieldOf(delta, 'tool_calls'))) {
    const called = fieldOf(call, 'function')
    yield {
      type: 'call',
      index: Number(fieldOf(call, 'index')),
      id: textOf(fieldOf(call, 'id')),
      name: textOf(fieldOf(called, 'name')),
      arguments: textOf(fieldOf(called, 'arguments')) ?? '',
    }
  }
  const reason = textOf(fieldOf(choice, 'finish_reason'))
  if (reason !== undefined) yield { type: 'end', stop: stops[reason] ?? 'other' }
  const usage = fieldOf(chunk, 'usage')
  if (usage) yield { type: 'usage', usage: usageOf(usage) }
}

const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

/** Undefined where it is none. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const outside = (cause: unknown): StormproofError =>
  new StormproofError('scenario', 'the scripted model was asked outside of a simulation', {
    remedy: 'make the call within `run` of a scenario; elsewhere give the agent a real model',
    cause,
  })
