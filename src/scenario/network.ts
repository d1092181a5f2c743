/** Where an agent's requests go inside a simulation: a model provider's endpoint, a simulated service, or nobody. */

import type { Network } from '../box/inhabit.js'
import { isAlive } from '../kernel/scope.js'
import type { ErrorReply, ProviderError } from '../provider/codec.js'
import { codecFor } from '../provider/codecs.js'
import { type Answer, type ModelQuery, modelEndpoint } from '../provider/endpoint.js'
import type { ScenarioProblem } from '../report/record.js'
import { paceOf } from '../sim/drip.js'
import { fetchFailed, type HttpRequest, type HttpService } from '../sim/http.js'
import type { ErrorStatus, ModelReply } from '../sim/model-reply.js'
import { retryAfterHeaders } from '../sim/retry-after.js'
import type { ScriptedModel } from '../sim/scripted-model.js'
import type { Setting } from '../sim/setting.js'

/** A client gives up on a server that sends no headers after this long (undici's default). */
const headersTimeoutMs = 300_000

export function networkOf(
  setting: Setting,
  model: ScriptedModel,
  services: readonly HttpService[],
  failedCall: (id: string) => boolean,
  problem: (problem: ScenarioProblem) => void,
): Network {
  const { world } = setting
  let asked = 0
  const endpoint = modelEndpoint({
    answer: (query) => ask(setting, model, query),
    refused: (query, refusal) =>
      ask(setting, model, query, refusal.text ?? 'the history is malformed').then(() => refusal),
    stamp: () => ({ id: `m${++asked}`, createdAt: Math.floor(world.timeOfDay / 1000) }),
    failedCalls: failedCall,
    pace: () => paceOf(world),
    misused: (error) =>
      problem({ kind: 'unexpected-model-call', what: error.message, where: '', remedy: error.remedy ?? '' }),
  })
  return (url, init, request) => {
    if (codecFor(url)) return patiently(setting, request ? endpoint.respond(request) : endpoint.handle(url, init ?? {}))
    for (const service of services) {
      const answered = simpleRequest(url, init, request)
      if (answered) {
        const response = service(answered)
        if (response) return patiently(setting, response)
      } else if (request ?? init?.body) {
        return readRequest(request ?? new Request(url, init)).then((read) => answerByAny(setting, services, read))
      }
    }
    return undefined
  }
}

function ask(setting: Setting, model: ScriptedModel, query: ModelQuery, refusal?: string): Promise<Answer> {
  return new Promise((resolve) => {
    const current = setting.world.scopes.current()
    if (!current || !isAlive(current)) return
    const scope = { ...current, lane: 'model', deadline: undefined }
    model.ask(
      {
        messages: query.messages,
        tools: query.tools,
        attempt: undefined,
        refusal,
        judged: true,
        streams: query.streams,
      },
      scope,
      (reply) => resolve(wired(reply, setting.world.timeOfDay)),
    )
  })
}

/** By the reason of a status where it has several, else by the status. */
const errors: Readonly<Record<string, ProviderError>> = {
  ...{ 429: 'rate-limited', 500: 'server-error', 503: 'unavailable', 529: 'overloaded' },
  ...{ 401: 'authentication', 403: 'permission', 404: 'not-found', 502: 'bad-gateway', 504: 'timeout' },
  ...{ quota: 'quota', ramp: 'ramp', 'context-length': 'context-length', 'output-length': 'output-length' },
  'spend-limit': 'spend-limit',
}

function wired(reply: ModelReply, wall: number): Answer {
  switch (reply.kind) {
    case 'answer':
    case 'lost':
      return reply
    case 'refused':
      return { kind: 'error', error: 'invalid-request', text: reply.text }
    case 'error':
      return {
        kind: 'error',
        ...errorOf(reply),
        ...retryAfterHeaders(reply.retryAfter, wall),
        ...(reply.shouldRetry === 'unsaid' ? {} : { shouldRetry: reply.shouldRetry }),
      }
  }
}

function errorOf({ code, status }: ErrorStatus): Pick<ErrorReply, 'error' | 'status'> {
  const error = errors[code] ?? errors[status]
  return error ? { error } : { error: 'invalid-request', status }
}

function patiently(setting: Setting, response: Promise<Response>): Promise<Response> {
  return new Promise((resolve, reject) => {
    const scope = setting.world.scopes.current()
    const silence = setting.world.timer(headersTimeoutMs, () => {
      if (scope && isAlive(scope)) reject(fetchFailed('UND_ERR_HEADERS_TIMEOUT', 'the server sent no answer'))
    })
    response.then(
      (answer) => {
        silence.cancel()
        resolve(answer)
      },
      (error: Error) => {
        silence.cancel()
        reject(error)
      },
    )
  })
}

/** The request without a copy of its own, when its body is a text or absent. */
function simpleRequest(
  url: string,
  init: RequestInit | undefined,
  request: Request | undefined,
): HttpRequest | undefined {
  if (request)
    return request.body === null
      ? { method: request.method, url: request.url, headers: request.headers, body: '', signal: request.signal }
      : undefined
  const body = init?.body ?? ''
  if (typeof body !== 'string') return undefined
  return {
    method: init?.method?.toUpperCase() ?? 'GET',
    url,
    headers: new Headers(init?.headers),
    body,
    signal: init?.signal ?? undefined,
  }
}

async function readRequest(request: Request): Promise<HttpRequest> {
  return {
    method: request.method,
    url: request.url,
    headers: request.headers,
    body: await request.text(),
    signal: request.signal,
  }
}

function answerByAny(setting: Setting, services: readonly HttpService[], request: HttpRequest): Promise<Response> {
  for (const service of services) {
    const response = service(request)
    if (response) return patiently(setting, response)
  }
  return Promise.reject(fetchFailed('ENOTFOUND', `nobody answers ${request.url}`))
}
