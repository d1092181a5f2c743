/** A provider's HTTP endpoint over whatever decides the answers: the place where wire formats meet the scripted model. */

import { isStormproofError, StormproofError } from '../core/error.js'
import type { Message } from '../core/message.js'
import type { ToolSpec } from '../core/tool.js'
import type { Pace } from '../sim/drip.js'
import type { AnswerReply } from '../sim/model-reply.js'
import { nominalGapMs, type Stream } from '../sim/stream.js'
import type { Codec, Decoded, EncodeContext, ErrorReply, Profile, Reply, StoredItem, WireAnswer } from './codec.js'
import { codecFor } from './codecs.js'
import { chunksOf, flawed } from './frame.js'
import { spoiltAnswer, unmeteredFrames } from './spoil.js'
import { streamBody } from './stream-body.js'

/** A request as the model behind the endpoint sees it. */
export interface ModelQuery {
  readonly messages: readonly Message[]
  readonly tools: readonly ToolSpec[]
  readonly profile: Profile
  readonly headers: Headers
  readonly model: string
  /** The answer is wanted as a stream. */
  readonly streams: boolean
}

/** `lost`: the connection breaks before a byte of the answer. `never`: no answer comes. */
export type Answer = Reply | { readonly kind: 'lost' } | { readonly kind: 'never' }

export interface EndpointOptions {
  readonly answer: (query: ModelQuery) => Promise<Answer>
  /** A request the provider refuses: what comes of it instead of an answer. Default: the refusal, at once. */
  readonly refused?: (query: ModelQuery, refusal: ErrorReply) => Promise<Answer>
  /** Results are paired with calls by their place alone: no history is refused for its ids; a malformed request still is. */
  readonly pairsByPlace?: boolean
  /** Causal name of a request and seconds since 1970 on the world's wall clock, read when the answer is written. */
  readonly stamp: (query: ModelQuery) => { readonly id: string; readonly createdAt: number }
  /** Which calls failed, where the wire has no flag for it. */
  readonly failedCalls?: (id: string) => boolean
  /** How time passes between the chunks of a stream, for whoever asks now. Default: it does not. */
  readonly pace?: () => Pace
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
 * `StormproofError` (`unanswered-host`) for another path.
 */
export function modelEndpoint(options: EndpointOptions): ModelEndpoint {
  const stored = new Map<string, StoredItem>()
  const settings: Settings = { options, stored, lookup: (id) => stored.get(id) }

  const exchange = (url: string, method: string, headers: Headers, body: string, signal: AbortSignal | undefined) => {
    if (signal?.aborted) return Promise.reject(signal.reason)
    return abortable(
      serve(settings, { url, method, headers, body, signal }).catch((error: unknown) => {
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

interface Exchange {
  readonly url: string
  readonly method: string
  readonly headers: Headers
  readonly body: string
  readonly signal: AbortSignal | undefined
}

async function serve(settings: Settings, exchange: Exchange): Promise<Response> {
  const { options } = settings
  const { url, method, headers, signal } = exchange
  const codec = codecFor(url)
  if (!codec || method !== 'POST') throw unanswered(method, url)
  const body = parsed(exchange.body)
  const decoded = codec.decode(body?.value, { failedCalls: options.failedCalls, stored: settings.lookup })
  const query = queryOf(codec, decoded, headers)
  const refusal = body ? refusalOf(codec, body.value, decoded, options.pairsByPlace ?? false) : codec.notJson
  const answer = refusal ? await (options.refused?.(query, refusal) ?? refusal) : await options.answer(query)
  if (answer.kind === 'lost') throw connectionLost()
  if (answer.kind === 'never') return new Promise(() => {})
  const context = { model: decoded.model, ...options.stamp(query) }
  if (answer.kind === 'answer') store(settings, codec, answer, decoded, context)
  if (answer.kind === 'answer' && decoded.stream) return streamed(options, codec, answer, decoded, context, signal)
  const whole = codec.encode(answer, context)
  return toResponse(answer.kind === 'answer' ? spoiltAnswer(whole, answer) : whole)
}

function refusalOf(codec: Codec, body: unknown, decoded: Decoded, pairsByPlace: boolean): ErrorReply | undefined {
  const malformed = codec.malformed(body, decoded)
  return malformed ?? (pairsByPlace ? undefined : codec.unpaired(body, decoded))
}

const queryOf = (codec: Codec, decoded: Decoded, headers: Headers): ModelQuery => ({
  messages: decoded.messages,
  tools: decoded.tools,
  profile: codec.profile,
  headers,
  model: decoded.model,
  streams: decoded.stream,
})

/** What was cut on its way is not kept. */
function store(settings: Settings, codec: Codec, reply: AnswerReply, decoded: Decoded, context: EncodeContext): void {
  if (!decoded.store || !codec.items || reply.stream?.flaw?.kind === 'cut') return
  for (const [id, item] of codec.items(reply.answer, context)) settings.stored.set(id, item)
}

const unhindered: Stream = { layout: 'few', gapMs: nominalGapMs, flaw: undefined, landed: () => undefined }
const atOnce: Pace = {
  after: (_ms, run) => {
    let cancelled = false
    void Promise.resolve().then(() => cancelled || run())
    return {
      cancel: () => {
        cancelled = true
      },
    }
  },
  isAlive: () => true,
}

function streamed(
  { pace }: EndpointOptions,
  { stream: codec }: Codec,
  { answer, unmetered, stream = unhindered }: AnswerReply,
  decoded: Decoded,
  context: EncodeContext,
  signal: AbortSignal | undefined,
): Response {
  const { flaw, layout } = stream
  const collision = flaw?.kind === 'collide' ? flaw : undefined
  const usage = decoded.streamUsage === true && !unmetered
  const written = codec.frames(answer, context, { usage, collision })
  const frames = unmetered ? unmeteredFrames(written) : written
  const chunks = chunksOf(flawed(frames, flaw, codec.failure), layout)
  const headers = codec.headers(context, answer.usage)
  return new Response(streamBody(chunks, stream, pace?.() ?? atOnce, signal), {
    status: 200,
    headers: { ...headers, 'content-type': 'text/event-stream; charset=utf-8' },
  })
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

function unanswered(method: string, url: string): StormproofError {
  return new StormproofError('unanswered-host', `no simulated provider answers ${method} ${url}`, {
    remedy:
      'the model endpoints are POST /v1/chat/completions, /v1/responses and /v1/messages; answer other paths with a backend',
  })
}
