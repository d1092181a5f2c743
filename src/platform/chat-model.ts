/** A real model behind any endpoint that speaks OpenAI's Chat Completions, by plain `fetch`. */

import { requireFields } from '../core/definition.js'
import { StormproofError } from '../core/error.js'
import type { Json } from '../core/json.js'
import { isModelError, type Model, type ModelAnswer, type ModelRequest } from '../core/model.js'
import { badResponse, connectionLost, modelRefusal, requestAborted } from '../core/model-refusal.js'
import { chatAnswer, chatBody, errorIn } from './chat-wire.js'
import { joinedChunks } from './chat-wire-stream.js'
import { eventsIn } from './server-sent-events.js'

export interface ChatModelOptions {
  /** Up to and without `/chat/completions`: `https://api.openai.com/v1`. */
  readonly baseUrl: string
  /** Sent as a bearer token; absent: no authorization is sent. */
  readonly apiKey?: string
  readonly model: string
  /** Sent with every request, beside ours. */
  readonly headers?: Readonly<Record<string, string>>
  /** Further fields of the body, `temperature` and the like. */
  readonly body?: Readonly<Record<string, Json>>
  /** The field that bounds an answer where the agent has a budget. Default `max_tokens`; newer models of OpenAI want `max_completion_tokens`. */
  readonly limitField?: 'max_tokens' | 'max_completion_tokens'
  /** Default: the `fetch` of the platform. */
  readonly fetch?: typeof fetch
}

const optionFields = ['baseUrl', 'apiKey', 'model', 'headers', 'body', 'limitField', 'fetch']

/**
 * One request an answer, never repeated here: retries are the runtime's, which knows its limits. The answer is streamed where
 * somebody hears it (`onPartial`), and counts only once it is whole. Rejects with a `ModelError` whose class says whether another
 * try makes sense. Throws a `config` error for options that cannot be meant.
 */
export function chatModel(options: ChatModelOptions): Model {
  requireFields('config', 'what chatModel is given', options, optionFields)
  if (!URL.canParse(options.baseUrl) || typeof options.model !== 'string' || options.model === '') {
    throw new StormproofError(
      'config',
      `a chat model needs the URL of its endpoint, not ${options.baseUrl}, and a name`,
      {
        remedy: "give baseUrl, such as 'https://api.openai.com/v1', and model",
      },
    )
  }
  const url = `${options.baseUrl.replace(/\/+$/, '')}/chat/completions`
  return { '~model': true, answer: (request) => ask(url, options, request) }
}

async function ask(url: string, options: ChatModelOptions, request: ModelRequest): Promise<ModelAnswer> {
  const { apiKey, model, headers, body: extra = {}, limitField: limit = 'max_tokens' } = options
  const { signal, onPartial } = request
  let response: Response | undefined
  let body: unknown
  try {
    response = await (options.fetch ?? fetch)(url, {
      method: 'POST',
      headers: {
        ...headers,
        'content-type': 'application/json',
        ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }),
      },
      body: JSON.stringify(chatBody(request, { model, limit, extra })),
      signal,
    })
    body = onPartial && isStreamed(response) ? await streamed(response, onPartial) : parsed(await response.text())
  } catch (error) {
    if (signal.aborted) throw requestAborted()
    if (isModelError(error)) throw error
    // A refusal needs no body.
    if (!response || response.ok) throw connectionLost(error)
  }
  const { ok, status, headers: told } = response
  const page = typeof body === 'string' && body !== '' ? body : undefined
  const reported = errorIn(body)
  const refusal = {
    codes: [],
    cause: page,
    ...reported,
    header: (name: string) => told.get(name),
    wall: Date.now(),
  }
  if (!ok) throw modelRefusal({ ...refusal, status })
  // Gateways report errors of the model behind them with status 200, and their status as the code.
  if (reported) {
    const [code] = reported.codes
    throw modelRefusal({ ...refusal, status: Number.isSafeInteger(code) ? Number(code) : 500 })
  }
  if (typeof body === 'string') throw badResponse('no JSON', body)
  return chatAnswer(body)
}

/** Whoever does not stream answers in one piece, although asked to. */
const isStreamed = ({ ok, headers, body }: Response): boolean =>
  ok && body !== null && (headers.get('content-type') ?? '').startsWith('text/event-stream')

const streamed = ({ body }: Response, heard: (text: string) => void): Promise<unknown> =>
  joinedChunks(eventsIn(body as unknown as AsyncIterable<Uint8Array>), heard)

/** The text itself where it is no JSON. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
