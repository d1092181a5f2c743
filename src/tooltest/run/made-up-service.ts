/** Answers hosts that no backend stands for: it takes whatever comes, changes something at every request that could, and says yes. */

import type { Backend, OperationKit } from '../../core/backend.js'
import type { Schema } from '../../core/schema.js'
import { type BackendDefinition, defineBackend, definitionOf } from '../../sim/define-backend.js'
import { type HttpRequest, type HttpService, httpService } from '../../sim/http.js'
import { bringToLife } from '../../sim/service.js'
import type { Setting } from '../../sim/setting.js'

export const reads = ['GET', 'HEAD', 'OPTIONS']
/** HTTP says of these that doing them twice is doing them once. */
const repeatable = ['PUT', 'DELETE']

const isRead = (method: string): boolean => reads.includes(method)

/** Whether an operation of a made-up service, `PUT /orders/1`, may be repeated. */
export const isRepeatable = (operation: string): boolean => repeatable.includes(operation.split(' ')[0] as string)

/** Services come to be as they are asked, one for each method and path. `body`: fields of every answer, from what the tool promises. */
export function madeUpServices(setting: Setting, body: Readonly<Record<string, unknown>>): HttpService {
  const services = new Map<string, HttpService>()
  return (request) => {
    const route = routeOf(request)
    let service = services.get(route.name)
    if (!service) {
      const definition = definitionFor(route, body)
      service = httpService(setting, bringToLife(setting.world, route.host, definition, []))
      services.set(route.name, service)
    }
    return service(request)
  }
}

interface RoutePlace {
  readonly name: string
  readonly host: string
  readonly origin: string
  readonly method: string
  readonly path: string
}

function routeOf({ method, url }: HttpRequest): RoutePlace {
  const { host, origin, pathname } = new URL(url)
  return { name: `${method} ${origin}${pathname}`, host, origin, method, path: pathname }
}

const anything: Schema = {
  '~standard': { version: 1, vendor: 'stormproof', validate: (value) => ({ value }) },
}

function definitionFor(
  { host, origin, method, path }: RoutePlace,
  body: Readonly<Record<string, unknown>>,
): BackendDefinition {
  const http = `${method} ${path}` as 'GET /'
  const answer = (_state: unknown, input: unknown) => answerTo(path, body, input)
  const operation = (kit: OperationKit<unknown>) =>
    isRead(method)
      ? kit.read({ input: anything, http, answer })
      : kit.write({ input: anything, http, keyed: true, apply: answer })
  const backend: Backend<unknown, never> = defineBackend({
    name: host,
    baseUrl: origin as 'http',
    state: () => ({}),
    operations: (kit) => ({ [http]: operation(kit) }),
  }) as never
  return definitionOf(backend)
}

/** What most APIs answer: what they were told, with an id and a state. */
function answerTo(path: string, body: Readonly<Record<string, unknown>>, input: unknown): Record<string, unknown> {
  const told = typeof input === 'object' && input !== null && !Array.isArray(input) ? input : {}
  const last = path.split('/').filter(Boolean).at(-1) ?? ''
  return { id: decoded(last), status: 'ok', ...body, ...told }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
