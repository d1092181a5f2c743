/** A provider's HTTP endpoint over whatever decides the answers: the place where wire formats meet the scripted model. */

import { isStormproofError, StormproofError } from '../core/error.js'
import type { Message } from '../core/message.js'
import type { ToolSpec } from '../core/tool.js'
import type { Codec, Decoded, EncodeContext, ErrorReply, Profile, Reply, StoredItem, WireAnswer } from './codec.js'
import { codecFor } from './codecs.js'

/** A request as the model behind the endpoint sees it. */
export interface ModelQuery {
  readonly messages: readonly Message[]
  readonly tools: readonly ToolSpec[]
  readonly profile: Profile
  readonly headers: Headers
  readonly model: string
}

/** `lost`: the connection breaks before a byte of the answer. `never`: no answer comes. */
export type Answer = Reply | { readonly kind: 'lost' } | { readonly kind: 'never' }

export interface EndpointOptions {
  readonly answer: (query: ModelQuery) => Promise<Answer>
  /** A request the provider refuses: what comes of it instead of an answer. Default: the refusal, at once. */
  readonly refused?: (query: ModelQuery, refusal: ErrorReply) => Promise<Answer>
  /** Causal name of a request and seconds since 1970 on the world's wall clock, read when the answer is written. */
  readonly stamp: (query: ModelQuery) => { readonly id: string; readonly createdAt: number }
  /** Which calls failed, where the wire has no flag for it. */
  readonly failedCalls?: (id: string) => boolean
  /** Told of every request that cannot be simulated, as agents are apt to swallow what `fetch` throws. */
  readonly misused?: (error: StormproofError) => void
}

export interface RequestInitLike {
  readonly method?: string | undefined
  readonly headers?: ConstructorParameters<typeof Headers>[0] | undefined
  readonly body?: unknown
  readonly signal?: AbortSignal | null | undefined
}

export interface ModelEndpoint {
  respond(request: Request): Promise<Response>
  /** The same for the arguments of `fetch`, without building a `Request` when the body is a string. */
  handle(url: string, init: RequestInitLike): Promise<Response>
}

/**
 * Answers as the provider at the request's URL would: with its refusal of what is malformed or does not pair, else with what
 * `answer` decides. Rejects like `fetch`: `TypeError` for a lost connection, the signal's reason for an abort. Throws a
 * `StormproofError` for what cannot be simulated: `unanswered-host` for another path, `scenario` for a stream.
 */
export function modelEndpoint(options: EndpointOptions): ModelEndpoint {
  const stored = new Map<string, StoredItem>()
  const settings: Settings = { options, stored, lookup: (id) => stored.get(id) }

  const exchange = (url: string, method: string, headers: Headers, body: string, signal: AbortSignal | undefined) => {
    if (signal?.aborted) return Promise.reject(signal.reason)
    return abortable(
      serve(settings, url, method, headers, body).catch((error: unknown) => {
        if (isStormproofError(error)) options.misused?.(error)
        throw error
      }),
      signal,
    )
  }
  const respond = async (request: Request): Promise<Response> =>
    exchange(request.url, request.method, request.headers, await request.text(), request.signal)

  return {
    respond,
    handle(url, init) {
      const { body, signal, headers } = init
      if (typeof body !== 'string') return respond(new Request(url, init as RequestInit))
      const read = headers instanceof Headers ? headers : new Headers(headers)
      return exchange(url, init.method?.toUpperCase() ?? 'GET', read, body, signal ?? undefined)
    },
  }
}

interface Settings {
  readonly options: EndpointOptions
  readonly stored: Map<string, StoredItem>
  readonly lookup: (id: string) => StoredItem | undefined
}

async function serve(
  settings: Settings,
  url: string,
  method: string,
  headers: Headers,
  text: string,
): Promise<Response> {
  const { options } = settings
  const codec = codecFor(url)
  if (!codec || method !== 'POST') throw unanswered(method, url)
  const body = parsed(text)
  const decoded = codec.decode(body?.value, { failedCalls: options.failedCalls, stored: settings.lookup })
  if (decoded.stream) throw streaming(codec)
  const query = queryOf(codec, decoded, headers)
  const refusal = body ? codec.refuse(body.value, decoded) : codec.notJson
  const answer = refusal ? await (options.refused?.(query, refusal) ?? refusal) : await options.answer(query)
  if (answer.kind === 'lost') throw connectionLost()
  if (answer.kind === 'never') return new Promise(() => {})
  return written(settings, codec, answer, decoded, { ...options.stamp(query), model: decoded.model })
}

const queryOf = (codec: Codec, decoded: Decoded, headers: Headers): ModelQuery => ({
  messages: decoded.messages,
  tools: decoded.tools,
  profile: codec.profile,
  headers,
  model: decoded.model,
})

function written(settings: Settings, codec: Codec, reply: Reply, decoded: Decoded, context: EncodeContext): Response {
  if (reply.kind === 'answer' && decoded.store && codec.items) {
    for (const [id, item] of codec.items(reply.answer, context)) settings.stored.set(id, item)
  }
  return toResponse(codec.encode(reply, context))
}

const toResponse = (answer: WireAnswer): Response =>
  new Response(answer.body, { status: answer.status, headers: answer.headers })

function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return undefined
  }
}

/** Follows an abort at once, as `fetch` does, whatever the answer is still doing. */
function abortable(answer: Promise<Response>, signal: AbortSignal | undefined): Promise<Response> {
  if (!signal) return answer
  return new Promise((resolve, reject) => {
    const abort = (): void => reject(signal.reason)
    signal.addEventListener('abort', abort, { once: true })
    answer.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort))
  })
}

function connectionLost(): TypeError {
  const cause = Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET', errno: -104, syscall: 'read' })
  return new TypeError('fetch failed', { cause })
}

function streaming(codec: Codec): StormproofError {
  return new StormproofError('scenario', `a request to ${codec.address} asked for a stream (\`stream: true\`)`, {
    remedy:
      'streams are not simulated yet: ask for a whole answer (generateText instead of streamText, or stream: false)',
  })
}

function unanswered(method: string, url: string): StormproofError {
  return new StormproofError('unanswered-host', `no simulated provider answers ${method} ${url}`, {
    remedy:
      'the model endpoints are POST /v1/chat/completions, /v1/responses and /v1/messages; answer other paths with a backend',
  })
}
