/** A request as `fetch` is given it, as one whose body has been read. */

import type { HttpRequest } from './http.js'

/** The request without a copy of its own, when its body is a text or absent. */
export function simpleRequest(
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

/** The request with its body read to the end. */
export async function readRequest(request: Request): Promise<HttpRequest> {
  return {
    method: request.method,
    url: request.url,
    headers: request.headers,
    body: await request.text(),
    signal: request.signal,
  }
}
