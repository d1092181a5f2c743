/** Simulated services met over plain HTTP: a request is matched to an operation, its answer dressed as a response. */

import type { Implementation, Route } from '../core/backend.js'
import { checkStrict } from '../core/schema.js'
import { isAlive } from '../kernel/scope.js'
import { type Answer, wordsOf } from './answer.js'
import type { BackendDefinition } from './define-backend.js'
import { isKnown, matchIn, tagOf } from './entity-tag.js'
import { operate } from './operate.js'
import type { Service } from './service.js'
import type { Setting } from './setting.js'
import { requestSite } from './site.js'

/** A request as `fetch` has it, with its body already read. */
export interface HttpRequest {
  readonly method: string
  readonly url: string
  readonly headers: Headers
  readonly body: string
  readonly signal: AbortSignal | undefined
}

export type HttpService = (request: HttpRequest) => Promise<Response> | undefined

interface Matcher {
  readonly operation: string
  readonly method: string
  readonly pattern: RegExp
  readonly names: readonly string[]
}

/** Answers requests below the service's base URL; undefined for hosts and paths that are not its own. */
export function httpService(setting: Setting, service: Service): HttpService {
  const base = service.definition.baseUrl
  const matchers = matchersOf(service.definition)
  const sent = new Map<string, number>()
  return (request) => {
    if (base === undefined || !request.url.startsWith(base)) return undefined
    const [path = '', query = ''] = (request.url.slice(base.length).split('#')[0] as string).split('?')
    for (const matcher of matchers) {
      const found = matcher.method === request.method && matcher.pattern.exec(path)
      if (found) return respond(setting, service, matcher, found, query, request, sent)
    }
    return undefined
  }
}

const known = new WeakMap<BackendDefinition, readonly Matcher[]>()

/** The same for every trial. */
function matchersOf(definition: BackendDefinition): readonly Matcher[] {
  let matchers = known.get(definition)
  if (!matchers) {
    matchers = Object.entries(definition.operations).flatMap(([operation, { http }]) =>
      http ? [matcherOf(operation, http)] : [],
    )
    known.set(definition, matchers)
  }
  return matchers
}

function matcherOf(operation: string, route: Route): Matcher {
  const [method = '', path = ''] = route.split(' ')
  const names: string[] = []
  const source = path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/:(\w+)/g, (_whole, name: string) => {
    names.push(name)
    return '([^/]+)'
  })
  return { operation, method, pattern: new RegExp(`^${source}/?$`), names }
}

function respond(
  setting: Setting,
  service: Service,
  matcher: Matcher,
  found: RegExpExecArray,
  query: string,
  request: HttpRequest,
  sent: Map<string, number>,
): Promise<Response> {
  const scope = setting.world.scopes.current()
  if (!scope || !isAlive(scope)) return new Promise(() => undefined)
  const implementation = service.definition.operations[matcher.operation] as Implementation
  const input = inputOf(implementation, matcher, found, query, request)
  return new Promise((resolve, reject) => {
    const backendRequest = {
      operation: matcher.operation,
      input,
      key: request.headers.get('idempotency-key') ?? undefined,
      site: requestSite(scope, service.name, matcher.operation, input, sent),
      lane: scope.lane,
      call: scope.call,
      attempt: scope.attempt,
      where: setting.callSite?.(),
      http: true,
    }
    operate(setting, service, backendRequest, scope, (answer) => {
      if (answer.kind === 'lost') reject(fetchFailed('ECONNRESET', 'the connection broke'))
      else if (answer.kind === 'unreached') reject(fetchFailed('ECONNREFUSED', 'connect ECONNREFUSED'))
      else resolve(responseTo(answer, request))
    })
  })
}

/** Path, query, `If-Match` and body as one object; texts of path and query become numbers or booleans where only that fits the schema. */
function inputOf(
  implementation: Implementation,
  matcher: Matcher,
  found: RegExpExecArray,
  query: string,
  { headers, body }: HttpRequest,
): unknown {
  const ifMatch = matchIn(headers)
  const texts: Record<string, unknown> = {
    ...Object.fromEntries(new URLSearchParams(query)),
    ...(ifMatch === undefined ? {} : { ifMatch }),
  }
  matcher.names.forEach((name, index) => {
    texts[name] = decoded(found[index + 1] as string)
  })
  const parsed = parseBody(body)
  if (parsed !== undefined && (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed))) return parsed
  const asSent = { ...(parsed as object | undefined), ...texts }
  if (Object.keys(texts).length === 0 || checkStrict(implementation.schema, asSent).ok) return asSent
  const typed = {
    ...(parsed as object | undefined),
    ...Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, typedText(String(text))])),
  }
  return checkStrict(implementation.schema, typed).ok ? typed : asSent
}

/** A part of a path as it was meant; one with a broken escape is taken as it stands, as most routers do. */
function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function typedText(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true'
  return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text
}

function parseBody(body: string): unknown {
  if (body === '') return undefined
  try {
    return JSON.parse(body)
  } catch {
    return body
  }
}

function responseTo(answer: Exclude<Answer, { kind: 'lost' | 'unreached' }>, request: HttpRequest): Response {
  switch (answer.kind) {
    case 'value':
      if (answer.value === undefined) return json(404, { error: 'not found' })
      if (typeof answer.value === 'string')
        return new Response(answer.value, { status: 200, headers: { 'content-type': 'text/html' } })
      return entity(answer.value, request)
    case 'cut':
      return brokenOff(JSON.stringify(answer.value) ?? '')
    case 'body':
      return new Response(answer.text, { status: 200, headers: { 'content-type': answer.type } })
    case 'refused':
      return json(
        answer.status,
        { error: answer.text },
        answer.afterMs === undefined ? {} : { 'retry-after': String(answer.afterMs / 1000) },
      )
    case 'broken':
      return json(answer.status, answer.body)
    case 'threw':
      return json(500, { error: wordsOf(answer.error) })
  }
}

function entity(value: unknown, { method, headers }: HttpRequest): Response {
  const etag = tagOf(value)
  if (etag === undefined) return json(200, value)
  const tag = { etag: `"${etag}"` }
  return method === 'GET' && isKnown(headers, etag)
    ? new Response(null, { status: 304, headers: tag })
    : json(200, value, tag)
}

/** Its first half, and then the error that `fetch` gives whoever reads on. */
function brokenOff(text: string): Response {
  const half = new TextEncoder().encode(text.slice(0, Math.ceil(text.length / 2)))
  const body = new ReadableStream({
    start: (controller) => controller.enqueue(half),
    pull: (controller) => controller.error(terminated()),
  })
  return new Response(body, { status: 200, headers: { 'content-type': 'application/json' } })
}

const terminated = (): TypeError =>
  new TypeError('terminated', { cause: Object.assign(new Error('other side closed'), { code: 'UND_ERR_SOCKET' }) })

function json(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } })
}

/** The error `fetch` rejects with when the network fails: the cause carries the code. */
export function fetchFailed(code: string, text: string): TypeError {
  return new TypeError('fetch failed', { cause: Object.assign(new Error(text), { code }) })
}
