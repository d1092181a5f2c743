/** A real model behind any endpoint that speaks OpenAI's Chat Completions, by plain `fetch`. */

import { requireFields } from '../core/definition.js'
import { StormproofError } from '../core/error.js'
import type { Json } from '../core/json.js'
import type { Model, ModelAnswer, ModelError, ModelRequest } from '../core/model.js'
import { badResponse, connectionLost, modelRefusal, requestAborted } from '../core/model-refusal.js'
import { chatAnswer, chatBody, errorCodes } from './chat-wire.js'

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
 * One request an answer, never repeated here: retries are the runtime's, which knows its limits. Answers come whole; nothing
 * is streamed. Rejects with a `ModelError` whose class says whether another try makes sense.
 */
export function chatModel(options: ChatModelOptions): Model {
  requireFields('config', 'chatModel', options, optionFields)
  if (!URL.canParse(options.baseUrl) || options.model === '') {
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
  const { signal } = request
  let [response, text]: [Response | undefined, string] = [undefined, '']
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
    text = await response.text()
  } catch (error) {
    if (signal.aborted) throw requestAborted()
    // A refusal needs no body.
    if (!response || response.ok) throw connectionLost(error)
  }
  const body = parsed(text)
  const codes = errorCodes(body)
  if (!response.ok) throw refusalOf(response.status, response, codes)
  if (body === undefined) throw badResponse('no JSON')
  // Gateways report errors of the model behind them with status 200, and their status as the code.
  if (codes) throw refusalOf(Number.isSafeInteger(codes[0]) ? Number(codes[0]) : 500, response, codes)
  return chatAnswer(body)
}

function refusalOf(status: number, { headers }: Response, codes: readonly unknown[] = []): ModelError {
  return modelRefusal({ status, codes, header: (name) => headers.get(name), wall: Date.now() })
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
