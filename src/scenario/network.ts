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
import { patiently } from '../sim/patiently.js'
import { readRequest, simpleRequest } from '../sim/read-request.js'
import { retryAfterHeaders } from '../sim/retry-after.js'
import type { ScriptedModel } from '../sim/scripted-model.js'
import type { Setting } from '../sim/setting.js'

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
    pairsByPlace: setting.pairing === 'lenient-positional',
    pace: () => paceOf(world),
    misused: (error) =>
      problem({ kind: 'unexpected-model-call', what: error.message, where: '', remedy: error.remedy ?? '' }),
  })
  return (url, init, request) => {
    if (codecFor(url))
      return patiently(setting.world, request ? endpoint.respond(request) : endpoint.handle(url, init ?? {}))
    for (const service of services) {
      const answered = simpleRequest(url, init, request)
      if (answered) {
        const response = service(answered)
        if (response) return patiently(setting.world, response)
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

function answerByAny(setting: Setting, services: readonly HttpService[], request: HttpRequest): Promise<Response> {
  for (const service of services) {
    const response = service(request)
    if (response) return patiently(setting.world, response)
  }
  return Promise.reject(fetchFailed('ENOTFOUND', `nobody answers ${request.url}`))
}
