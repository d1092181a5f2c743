/** The entry `stormproof/adapter/langchain`: the scripted model as a chat model of LangChain, whose classes are given by value. */

import { requireFields } from '../core/definition.js'
import { StormproofError } from '../core/error.js'
import type { ProposedCall } from '../core/message.js'
import type { Usage } from '../core/model.js'
import type { ToolSpec } from '../core/tool.js'
import { askPieces, askWhole, type ScriptedPiece } from '../platform/chat-wire-scripted.js'
import { langchainError } from './langchain-error.js'
import { type LangChainMessage, messageOf, specOf } from './langchain-message.js'
import { type OpenAIErrors, openaiError, openaiStreamError } from './openai-error.js'

type Class<T> = abstract new (...args: any[]) => T
type Made = new (fields: object) => any

/** Of `@langchain/core`, by the names they have there. */
export interface LangChain<M> {
  /** `@langchain/core/language_models/chat_models` */
  BaseChatModel: Class<M>
  /** `@langchain/core/messages` */
  AIMessage: Class<unknown>
  AIMessageChunk: Class<unknown>
  /** `@langchain/core/outputs` */
  ChatGenerationChunk: Class<unknown>
  /** `import OpenAI from 'openai'`: errors are then of its classes. Default: alike in `status`, `headers`, `code` and `type`. */
  openai?: OpenAIErrors
  /** Fields of every chat model: `maxRetries`, `maxConcurrency`, `disableStreaming`, `tags`, … */
  fields?: Readonly<Record<string, unknown>>
}

const classes = ['BaseChatModel', 'AIMessage', 'AIMessageChunk', 'ChatGenerationChunk'] as const

/**
 * The model of the scenario, for graphs and chains that are given their model: `createReactAgent({ llm: scriptedChatModel({ … }), tools })`.
 * It follows the script and the storm like every simulated provider, with `bindTools`, streaming and LangChain's own retries (six,
 * unless `fields` says otherwise), and fails as `ChatOpenAI` does. Rejects with a `scenario` error outside of a simulation, after those retries.
 */
export function scriptedChatModel<M>(langchain: LangChain<M>): M {
  requireFields('config', 'what scriptedChatModel is given', langchain, [...classes, 'openai', 'fields'])
  const missing = classes.filter((name) => typeof langchain[name] !== 'function')
  if (missing.length > 0) {
    throw new StormproofError('config', `scriptedChatModel lacks ${missing.join(', ')}`, {
      remedy: 'give it the classes of @langchain/core by their names',
    })
  }
  return new (classOf(langchain))(langchain.fields ?? {}) as M
}

interface CallOptions {
  readonly tools?: readonly ToolSpec[]
  readonly tool_choice?: unknown
  readonly signal?: AbortSignal
}

function classOf(langchain: LangChain<unknown>): Made {
  const { openai } = langchain
  const Base = langchain.BaseChatModel as Made
  const [Message, Chunk, Generation] = [
    langchain.AIMessage,
    langchain.AIMessageChunk,
    langchain.ChatGenerationChunk,
  ] as Made[]
  const asked = <T>(model: any, { signal }: CallOptions, ask: () => Promise<T>): Promise<T> =>
    model.caller.callWithOptions({ signal }, () =>
      ask().catch((error: unknown) => {
        throw langchainError(openaiError(error, openai))
      }),
    )

  /** What every runnable of LangChain has; the class it comes from is the caller's. */
  type Configurable = { withConfig(config: object): unknown }
  return class ScriptedChatModel extends Base {
    ['_llmType'](): string {
      return 'stormproof'
    }

    bindTools(tools: readonly unknown[], options: object = {}): unknown {
      return (this as unknown as Configurable).withConfig({ ...options, tools: tools.map(specOf) })
    }

    async _generate(messages: readonly LangChainMessage[], options: CallOptions): Promise<object> {
      const { id, text, calls, stop, usage } = await asked(this, options, () => askWhole(questionOf(messages, options)))
      const message = new (Message as Made)({
        id,
        content: stop === 'refusal' ? '' : text,
        ...callsOf(calls),
        response_metadata: { finish_reason: reasonOf(stop), model_name: 'scripted' },
        usage_metadata: usageOf(usage),
      })
      return { generations: [{ text, message }], llmOutput: { tokenUsage: usageOf(usage) } }
    }

    async *_streamResponseChunks(messages: readonly LangChainMessage[], options: CallOptions, run?: any) {
      let id = ''
      const { headers, pieces } = await asked(this, options, () => askPieces(questionOf(messages, options)))
      for await (const piece of pieces) {
        if (piece.type === 'failed') throw langchainError(openaiStreamError(piece.error, headers, openai))
        if (piece.type === 'begin') id = piece.id
        const text = piece.type === 'text' ? piece.text : ''
        const message = new (Chunk as Made)({ id, content: text, ...fieldsOf(piece) })
        const chunk = new (Generation as Made)({ text, message })
        yield chunk
        await run?.handleLLMNewToken(text, { prompt: 0, completion: 0 }, undefined, undefined, undefined, { chunk })
      }
    }
  }
}

const questionOf = (messages: readonly LangChainMessage[], { tools = [], tool_choice, signal }: CallOptions) => ({
  messages: messages.reduce(messageOf, []),
  tools: tool_choice === 'none' ? [] : tools,
  signal,
})

/** What is no JSON is a call that LangChain calls invalid: graphs do not carry it out. */
function callsOf(calls: readonly ProposedCall[]): {
  readonly tool_calls: object[]
  readonly invalid_tool_calls: object[]
} {
  const [tool_calls, invalid_tool_calls]: [object[], object[]] = [[], []]
  for (const { id, tool: name, arguments: text } of calls) {
    try {
      tool_calls.push({ type: 'tool_call', id, name, args: JSON.parse(text) })
    } catch {
      invalid_tool_calls.push({ type: 'invalid_tool_call', id, name, args: text, error: 'Malformed args.' })
    }
  }
  return { tool_calls, invalid_tool_calls }
}

const chunkOf = (index: number, id: string | undefined, name: string | undefined, args: string) => ({
  type: 'tool_call_chunk',
  index,
  id,
  name,
  args,
})

function fieldsOf(piece: ScriptedPiece): object {
  switch (piece.type) {
    case 'call':
      return { tool_call_chunks: [chunkOf(piece.index, piece.id, piece.name, piece.arguments)] }
    case 'end':
      return { response_metadata: { finish_reason: reasonOf(piece.stop), model_name: 'scripted' } }
    case 'usage':
      return { usage_metadata: usageOf(piece.usage) }
    default:
      return {}
  }
}

const reasonOf = (stop: string): string => (stop === 'refusal' ? 'stop' : stop.replace('-', '_'))

const usageOf = ({ inputTokens, outputTokens }: Usage) => ({
  input_tokens: inputTokens,
  output_tokens: outputTokens,
  total_tokens: inputTokens + outputTokens,
})
