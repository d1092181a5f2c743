/** The entry `stormproof/adapter/ai-sdk`: the scripted model as a language model of Vercel's AI SDK, which is never loaded here. */

import type { Message, ProposedCall, ToolResult } from '../core/message.js'
import type { StopReason, Usage } from '../core/model.js'
import type { ToolSpec } from '../core/tool.js'
import { askPieces, askWhole, type ScriptedQuestion } from '../platform/chat-wire-scripted.js'
import { apiCallError } from './ai-sdk-error.js'
import { onceBegun, partsOf } from './ai-sdk-stream.js'

/** The specification of AI SDK 6 is `v3`, that of AI SDK 5 is `v2`. */
export type Specification = 'v2' | 'v3'

/** What the SDK calls `LanguageModelV2` or `LanguageModelV3`. */
export interface ScriptedLanguageModel<S extends Specification> {
  readonly specificationVersion: S
  readonly provider: string
  readonly modelId: string
  readonly supportedUrls: Record<string, RegExp[]>
  doGenerate(options: any): Promise<any>
  doStream(options: any): Promise<any>
}

interface CallOptions {
  readonly prompt: readonly PromptMessage[]
  readonly tools?: readonly {
    readonly type: string
    readonly name: string
    readonly description?: string
    readonly inputSchema?: unknown
  }[]
  readonly toolChoice?: { readonly type: string }
  readonly abortSignal?: AbortSignal
}

interface PromptMessage {
  readonly role: 'system' | 'user' | 'assistant' | 'tool'
  readonly content: string | readonly PromptPart[]
}

type PromptPart =
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'tool-call'; readonly toolCallId: string; readonly toolName: string; readonly input: unknown }
  | { readonly type: 'tool-result'; readonly toolCallId: string; readonly toolName: string; readonly output: Output }
  | { readonly type: 'reasoning' | 'file' | 'tool-approval-response' }

type Output =
  | { readonly type: 'text' | 'json' | 'content' | 'error-text' | 'error-json'; readonly value: unknown }
  | { readonly type: 'execution-denied'; readonly reason?: string }

/**
 * The model of the scenario, for agents that are given their model: `generateText({ model: scriptedLanguageModel(), … })`. It
 * follows the script and the storm like every simulated provider, and fails as a provider of the SDK does: with what
 * `APICallError.isInstance` takes for its own, with `isRetryable` by status. Rejects with a `scenario` error outside of a simulation.
 */
export function scriptedLanguageModel<S extends Specification = 'v3'>(
  options: {
    /** Default `v3`, of AI SDK 6. */
    specification?: S
    /** What it is called in traces. Default `scripted`. */
    modelId?: string
  } = {},
): ScriptedLanguageModel<S> {
  const specification = options.specification ?? ('v3' as S)
  return {
    specificationVersion: specification,
    provider: 'stormproof',
    modelId: options.modelId ?? 'scripted',
    supportedUrls: {},
    doGenerate: (asked: CallOptions) =>
      askWhole(questionOf(asked)).then(
        ({ id, text, calls, stop, usage }) => ({
          content: [...(text === '' ? [] : [{ type: 'text', text }]), ...calls.map(toolCall)],
          finishReason: finishReason(specification, stop),
          usage: usageFor(specification, usage),
          response: { id },
          warnings: [],
        }),
        (error: unknown) => Promise.reject(apiCallError(error, asked)),
      ),
    doStream: (asked: CallOptions) =>
      askPieces(questionOf(asked))
        .then(onceBegun)
        .then(
          ({ pieces }) => ({
            stream: ReadableStream.from(
              partsOf(pieces, {
                finishReason: (stop) => finishReason(specification, stop),
                usage: (usage) => usageFor(specification, usage),
              }),
            ),
          }),
          (error: unknown) => Promise.reject(apiCallError(error, asked)),
        ),
  }
}

const toolCall = ({ id, tool, arguments: input }: ProposedCall) => ({
  type: 'tool-call',
  toolCallId: id,
  toolName: tool,
  input,
})

function questionOf({ prompt, tools, toolChoice, abortSignal }: CallOptions): ScriptedQuestion {
  const offered = toolChoice?.type === 'none' ? [] : (tools ?? [])
  return {
    messages: prompt.flatMap(messagesOf),
    tools: offered.flatMap(({ type, name, description = '', inputSchema = {} }): ToolSpec[] =>
      type === 'function' ? [{ name, description, inputSchema }] : [],
    ),
    signal: abortSignal,
  }
}

function messagesOf({ role, content }: PromptMessage): readonly Message[] {
  const parts = typeof content === 'string' ? [{ type: 'text' as const, text: content }] : content
  const text = parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n')
  if (role === 'system' || role === 'user') return [{ role, text }]
  if (role === 'assistant') {
    const calls = parts.flatMap((part): ProposedCall[] =>
      part.type === 'tool-call'
        ? [{ id: part.toolCallId, tool: part.toolName, arguments: JSON.stringify(part.input) }]
        : [],
    )
    return [{ role, text, calls }]
  }
  const results = parts.flatMap((part) => (part.type === 'tool-result' ? [resultOf(part)] : []))
  return results.length > 0 ? [{ role, results }] : []
}

function resultOf({ toolCallId, toolName, output }: PromptPart & { type: 'tool-result' }): ToolResult {
  const failed = output.type.startsWith('error') || output.type === 'execution-denied'
  const value = output.type === 'execution-denied' ? (output.reason ?? 'Tool execution denied.') : output.value
  const content = typeof value === 'string' ? value : JSON.stringify(value)
  return { id: toolCallId, tool: toolName, content, outcome: failed ? 'failed' : 'ok' }
}

/** A text in the second specification, an object since the third. */
function finishReason(specification: Specification, stop: StopReason | 'error'): unknown {
  const unified = stop === 'refusal' ? 'content-filter' : stop
  return specification === 'v2' ? unified : { unified, raw: stop }
}

function usageFor(specification: Specification, usage: Usage | undefined): object {
  const [input, output] = [usage?.inputTokens, usage?.outputTokens]
  if (specification === 'v2') {
    return { inputTokens: input, outputTokens: output, totalTokens: usage && usage.inputTokens + usage.outputTokens }
  }
  return {
    inputTokens: { total: input, noCache: input, cacheRead: undefined, cacheWrite: undefined },
    outputTokens: { total: output, text: output, reasoning: undefined },
  }
}
