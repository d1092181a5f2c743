/** Where the requests of a tool go: to the user's backends, and else to services that are made up. */

import type { Network } from '../../box/inhabit.js'
import { type HttpRequest, httpService } from '../../sim/http.js'
import { patiently } from '../../sim/patiently.js'
import { readRequest, simpleRequest } from '../../sim/read-request.js'
import type { Service } from '../../sim/service.js'
import type { Setting } from '../../sim/setting.js'
import type { RequestSeen } from './case-history.js'
import { madeUpServices } from './made-up-service.js'

/** `answers`: what made-up services answer with; `seen` is told of every request before it is answered; `stretch` changes answers. */
export function toolNetwork(
  setting: Setting,
  services: readonly Service[],
  answers: Readonly<Record<string, unknown>>,
  seen: (request: RequestSeen) => void,
  stretch: ((response: Promise<Response>, isMadeUp: boolean) => Promise<Response>) | undefined,
): Network {
  const known = services.map((service) => httpService(setting, service))
  const madeUp = madeUpServices(setting, answers)
  const answer = (request: HttpRequest): Promise<Response> | undefined => {
    seen(seenOf(setting, request, !isOfBackend(services, request.url)))
    for (const service of known) {
      const response = service(request)
      if (response) return patiently(setting.world, stretch ? stretch(response, false) : response)
    }
    if (isOfBackend(services, request.url)) return Promise.resolve(notFound())
    const response = madeUp(request)
    return response && patiently(setting.world, stretch ? stretch(response, true) : response)
  }
  return (url, init, request) => {
    if (!/^https?:/.test(url)) return undefined
    const simple = simpleRequest(url, init, request)
    return simple
      ? answer(simple)
      : readRequest(request ?? new Request(url, init)).then((read) => answer(read) ?? notFound())
  }
}

function seenOf(
  { world, callSite }: Setting,
  { method, url, headers, body }: HttpRequest,
  madeUp: boolean,
): RequestSeen {
  const call = world.scopes.current()?.call
  return {
    call: call === undefined ? undefined : Number(call.slice(1)),
    atMs: world.now,
    method,
    url,
    madeUp,
    body,
    key: headers.get('idempotency-key') ?? undefined,
    secrets: secretsIn(headers),
    where: callSite?.() ?? '',
  }
}

const secretHeaders = ['authorization', 'x-api-key', 'api-key', 'x-auth-token', 'cookie']
/** Shorter ones are no secrets, and would be found anywhere. */
const shortest = 8

/** The token alone of `Bearer …` and `session=…`. */
const secretsIn = (headers: Headers): readonly string[] =>
  secretHeaders.flatMap((name) => headers.get(name)?.split(/[\s;=]+/) ?? []).filter((text) => text.length >= shortest)

const isOfBackend = (services: readonly Service[], url: string): boolean =>
  services.some(({ definition }) => definition.baseUrl !== undefined && url.startsWith(definition.baseUrl))

/** A path that the backend of its host does not have. */
const notFound = (): Response =>
  new Response('{"error":"not found"}', { status: 404, headers: { 'content-type': 'application/json' } })
