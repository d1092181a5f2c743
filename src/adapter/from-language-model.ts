/** Any language model of the AI SDK as the model of an agent. The SDK itself is never loaded: whoever made the model has it. */

import type { LanguageModel } from 'ai'
import { requireFields } from '../core/definition.js'
import { StormproofError } from '../core/error.js'
import type { Message, ProposedCall } from '../core/message.js'
import type { Model, ModelAnswer, ModelRequest, StopReason } from '../core/model.js'
import { badResponse, connectionLost, modelRefusal, requestAborted } from '../core/model-refusal.js'

/** What we use of a language model: the same in all versions of its specification since the second. */
interface Generator {
  doGenerate(options: object): PromiseLike<Generated>
}

interface Generated {
  readonly content: readonly Part[]
  /** A text in the second specification, an object since the third. */
  readonly finishReason: string | { readonly unified: string }
  readonly usage?: { readonly inputTokens?: Count; readonly outputTokens?: Count } | undefined
}

/** A number in the second specification, an object since the third. */
type Count = number | { readonly total?: number | undefined } | undefined

type Part =
  | { readonly type: 'text'; readonly text: string }
  | {
      readonly type: 'tool-call'
      readonly toolCallId: string
      readonly toolName: string
      readonly input: unknown
      readonly providerExecuted?: boolean
    }
  | { readonly type: 'reasoning' | 'file' | 'source' | 'tool-result' | 'tool-approval-request' }

/**
 * One `doGenerate` an answer, without the SDK's own retries: those are the runtime's. Tools that the provider itself executes
 * are not calls of the agent. Rejects with a `ModelError` whose class says whether another try makes sense. Throws a `config` error
 * for a model of AI SDK 4.
 */
export function fromLanguageModel(
  model: Exclude<LanguageModel, string>,
  options: {
    /** Handed to the provider with every request: `{ openai: { reasoningEffort: 'low' } }`. */
    providerOptions?: Readonly<Record<string, Readonly<Record<string, unknown>>>>
  } = {},
): Model {
  requireFields('config', 'what fromLanguageModel is given', options, ['providerOptions'])
  requireVersion(model as { readonly specificationVersion?: unknown })
  const generator = model as unknown as Generator
  return {
    '~model': true,
    answer: async (request) => {
      let generated: Generated
      try {
        generated = await generator.doGenerate({ ...callOf(request), providerOptions: options.providerOptions })
      } catch (error) {
        throw request.signal.aborted ? requestAborted() : modelErrorOf(error)
      }
      return answerOf(generated)
    },
  }
}

function requireVersion({ specificationVersion: version }: { readonly specificationVersion?: unknown }): void {
  if (version !== 'v1') return
  throw new StormproofError(
    'config',
    'this language model is one of AI SDK 4 (specification v1), which is not known here',
    {
      remedy: 'update `ai` and the package of its provider: AI SDK 5 and later are known',
    },
  )
}

function callOf({ messages, tools, signal, maxOutputTokens }: ModelRequest): object {
  const offered = tools.map(({ name, description, inputSchema }) => ({
    type: 'function',
    name,
    description,
    inputSchema,
  }))
  return {
    prompt: messages.map(promptMessage),
    abortSignal: signal,
    ...(offered.length > 0 && { tools: offered, toolChoice: { type: 'auto' } }),
    ...(maxOutputTokens !== undefined && { maxOutputTokens }),
  }
}

function promptMessage(message: Message): object {
  if (message.role === 'system') return { role: 'system', content: message.text }
  if (message.role === 'user') return { role: 'user', content: [{ type: 'text', text: message.text }] }
  if (message.role === 'tool') {
    const content = message.results.map(({ id, tool, content, outcome }) => ({
      type: 'tool-result',
      toolCallId: id,
      toolName: tool,
      output: { type: outcome === 'ok' ? 'text' : 'error-text', value: content },
    }))
    return { role: 'tool', content }
  }
  const text = message.text === '' ? [] : [{ type: 'text', text: message.text }]
  const calls = message.calls.map((call) => ({
    type: 'tool-call',
    toolCallId: call.id,
    toolName: call.tool,
    input: inputOf(call),
  }))
  return { role: 'assistant', content: [...text, ...calls] }
}

/** The SDK wants the value. A text that is none goes back as the text it was. */
function inputOf(call: ProposedCall): unknown {
  if (call.arguments === '') return {}
  try {
    return JSON.parse(call.arguments)
  } catch {
    return call.arguments
  }
}

const stops = new Set<string>(['stop', 'length', 'tool-calls', 'content-filter'] satisfies StopReason[])

function answerOf({ content, finishReason, usage }: Generated): ModelAnswer {
  if (!Array.isArray(content)) throw badResponse('no content')
  const parts = content as readonly Part[]
  const stop = typeof finishReason === 'string' ? finishReason : finishReason?.unified
  return {
    text: parts.map((part) => (part.type === 'text' ? part.text : '')).join(''),
    calls: parts.flatMap((part): ProposedCall[] => {
      if (part.type !== 'tool-call' || part.providerExecuted === true) return []
      const text = typeof part.input === 'string' ? part.input : JSON.stringify(part.input ?? {})
      return [{ id: part.toolCallId, tool: part.toolName, arguments: text }]
    }),
    stop: stop !== undefined && stops.has(stop) ? (stop as StopReason) : 'other',
    usage: { inputTokens: countOf(usage?.inputTokens), outputTokens: countOf(usage?.outputTokens) },
  }
}

const countOf = (count: Count): number => (typeof count === 'object' ? count.total : count) ?? 0

/** What the SDK's `APICallError` says, read structurally: several versions of the SDK may be installed. */
interface ApiCallError {
  readonly name?: unknown
  readonly statusCode?: unknown
  readonly isRetryable?: unknown
  readonly responseHeaders?: Readonly<Record<string, string>>
  readonly data?: { readonly error?: { readonly code?: unknown; readonly type?: unknown } }
}

function modelErrorOf(error: unknown): Error {
  const { name, statusCode, isRetryable, responseHeaders = {}, data } = (error ?? {}) as ApiCallError
  if (typeof statusCode === 'number' && statusCode >= 400) {
    const codes = [data?.error?.code, data?.error?.type]
    const wall = Date.parse(responseHeaders['date'] ?? '')
    return modelRefusal({ status: statusCode, codes, header: (header) => responseHeaders[header], wall, cause: error })
  }
  // A status below 400: it answered, and the SDK could not read it.
  if (typeof statusCode === 'number' || unreadable.has(String(name)))
    return badResponse('what the SDK could not read', error)
  if (isRetryable === true || error instanceof TypeError) return connectionLost(error)
  return error instanceof Error ? error : new Error('the language model threw what is no error', { cause: error })
}

/** Names of the SDK's errors about answers. */
const unreadable = new Set([
  'AI_JSONParseError',
  'AI_TypeValidationError',
  'AI_InvalidResponseDataError',
  'AI_EmptyResponseBodyError',
  'AI_NoContentGeneratedError',
])
