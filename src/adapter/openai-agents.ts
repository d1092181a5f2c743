/** The entry `stormproof/adapter/openai-agents`: the scripted model as a model of the OpenAI Agents SDK, which is never loaded here. */

import { requireFields } from '../core/definition.js'
import type { Usage } from '../core/model.js'
import { askPieces, askWhole, type ScriptedPiece } from '../platform/chat-wire-scripted.js'
import { type AgentsRequest, questionOf } from './openai-agents-request.js'
import { type OpenAIErrors, openaiError, openaiStreamError } from './openai-error.js'

/** What the SDK calls `Model`. */
export interface ScriptedModel {
  getResponse(request: any): Promise<any>
  getStreamedResponse(request: any): AsyncIterable<any>
  getRetryAdvice(args: any): { readonly suggested: boolean } | undefined
}

interface Options {
  openai?: OpenAIErrors
}

/**
 * The model of the scenario, for agents that are given their model: `new Agent({ model: scriptedModel(), … })`. It follows the
 * script and the storm like every simulated provider. A request is asked once: what the client `openai` would repeat beneath the
 * SDK is not repeated, and retries of the SDK (`modelSettings.retry`) are advised as its own models advise them.
 * Rejects with a `scenario` error outside of a simulation.
 */
export function scriptedModel(
  options: {
    /** `import OpenAI from 'openai'`: errors are then of its classes. Default: alike in `status`, `headers`, `code` and `type`. */
    openai?: OpenAIErrors
  } = {},
): ScriptedModel {
  requireFields('config', 'what scriptedModel is given', options, ['openai'])
  return {
    getResponse: (request: AgentsRequest) => whole(request, options),
    getStreamedResponse: (request: AgentsRequest) => streamed(request, options),
    getRetryAdvice: ({ error }: { error: unknown }) => advice(error),
  }
}

async function whole(request: AgentsRequest, { openai }: Options): Promise<object> {
  const answer = await askWhole(questionOf(request)).catch((error: unknown) => {
    throw openaiError(error, openai)
  })
  const content = answer.stop === 'refusal' ? refusalOf(answer.text) : textOf(answer.text)
  return {
    responseId: answer.id,
    usage: { requests: 1, ...usageOf(answer.usage), inputTokensDetails: [], outputTokensDetails: [] },
    output: [
      ...(answer.text === '' && answer.calls.length > 0 ? [] : [messageOf(answer.id, [content])]),
      ...answer.calls.map((call) => callOf(answer.id, { callId: call.id, name: call.tool, arguments: call.arguments })),
    ],
  }
}

async function* streamed(request: AgentsRequest, { openai }: Options): AsyncGenerator<object, void> {
  const { headers, pieces } = await askPieces(questionOf(request)).catch((error: unknown) => {
    throw openaiError(error, openai)
  })
  let id = ''
  let [text, refusal] = ['', '']
  let usage: Usage = { inputTokens: 0, outputTokens: 0 }
  const calls = new Map<number, Call>()
  for await (const piece of pieces) {
    if (piece.type === 'failed') throw openaiStreamError(piece.error, headers, openai)
    if (piece.type === 'begin') {
      id = piece.id
      yield { type: 'response_started', providerData: {} }
    }
    yield { type: 'model', event: piece }
    if (piece.type === 'usage') usage = piece.usage
    else if (piece.type === 'refusal') refusal += piece.text
    else if (piece.type === 'call') grow(calls, piece)
    else if (piece.type === 'text') {
      text += piece.text
      yield { type: 'output_text_delta', delta: piece.text, itemId: id }
    }
  }
  const content = [...(text === '' ? [] : [textOf(text)]), ...(refusal === '' ? [] : [refusalOf(refusal)])]
  const output = [
    ...(content.length > 0 ? [messageOf(id, content)] : []),
    ...[...calls.values()].map((call) => callOf(id, call)),
  ]
  yield { type: 'response_done', response: { id, usage: usageOf(usage), output } }
}

interface Call {
  callId: string
  name: string
  arguments: string
}

/** As the SDK's own model does it, which trusts the index: calls that share one run into each other. */
function grow(calls: Map<number, Call>, piece: ScriptedPiece & { readonly type: 'call' }): void {
  const call = calls.get(piece.index) ?? { callId: piece.id ?? '', name: '', arguments: '' }
  call.name += piece.name ?? ''
  call.arguments += piece.arguments
  calls.set(piece.index, call)
}

const textOf = (text: string) => ({ type: 'output_text', text })
const refusalOf = (refusal: string) => ({ type: 'refusal', refusal })
const messageOf = (id: string, content: readonly object[]) => ({
  id,
  type: 'message',
  role: 'assistant',
  status: 'completed',
  content,
})
const callOf = (id: string, call: Call) => ({ id, type: 'function_call', status: 'completed', ...call })

const usageOf = ({ inputTokens, outputTokens }: Usage) => ({
  inputTokens,
  outputTokens,
  totalTokens: inputTokens + outputTokens,
})

/** What the SDK's own models say of an error: the provider's word on it, else its status. */
function advice(error: unknown): { readonly suggested: boolean } | undefined {
  const { status, headers } = (error ?? {}) as { readonly status?: unknown; readonly headers?: unknown }
  const said = headers instanceof Headers ? headers.get('x-should-retry') : null
  if (said === 'true' || said === 'false') return { suggested: said === 'true' }
  const passing = typeof status === 'number' && (status === 408 || status === 409 || status === 429 || status >= 500)
  return passing ? { suggested: true } : undefined
}
