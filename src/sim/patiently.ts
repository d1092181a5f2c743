/** How long a client of HTTP waits for an answer. */

import { isAlive } from '../kernel/scope.js'
import type { World } from '../kernel/world.js'
import { fetchFailed } from './http.js'

/** A client gives up on a server that sends no headers after this long (undici's default). */
const headersTimeoutMs = 300_000

/** The same answer, or the error of a client that has given up on it. */
export function patiently(world: World, response: Promise<Response>): Promise<Response> {
  return new Promise((resolve, reject) => {
    const scope = world.scopes.current()
    const silence = world.timer(headersTimeoutMs, () => {
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
