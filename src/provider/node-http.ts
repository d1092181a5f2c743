/** The way in for agents whose HTTP client is `node:http` instead of `fetch`: msw, loaded on first use. */

/** Answers a request, or leaves it to the real network with undefined. A rejection breaks the connection. */
export type RequestHandler = (request: Request) => Promise<Response> | undefined

export interface NodeHttp {
  /** Begins to intercept the requests of this process. Loads msw the first time. */
  start(): Promise<void>
  /** Ends it. */
  stop(): void
}

/**
 * Brings requests made through `node:http` and `node:https` to a handler. `fetch` is not touched: it has a faster way in, and
 * what is intercepted twice is answered twice.
 */
export function nodeHttp(handler: RequestHandler): NodeHttp {
  let server: Server | undefined
  let running = false
  return {
    async start() {
      server ??= await createServer(handler)
      if (!running) server.listen()
      running = true
    },
    stop() {
      if (running) server?.close()
      running = false
    },
  }
}

interface Server {
  readonly listen: () => void
  readonly close: () => void
}

async function createServer(handler: RequestHandler): Promise<Server> {
  const [{ defaultNetworkOptions, setupServer }, { http }, { syncBuiltinESMExports }] = await Promise.all([
    import('msw/node'),
    import('msw'),
    import('node:module'),
  ])
  const server = setupServer(http.all('*', ({ request }) => handler(request)?.catch(broken)))
  // msw replaces `http.request` on the module; who imported it by name would still hold the real one.
  const change = (apply: () => void): void => {
    keepingFetch(apply)
    syncBuiltinESMExports()
  }
  return {
    listen: () => {
      change(() => server.listen(leaveOthers))
      hush(defaultNetworkOptions?.sources[0])
    },
    close: () => change(() => server.close()),
  }
}

/** What the handler leaves goes on to the network: msw 2 asks for the first of these, msw 3 for the second. */
const leaveOthers = { onUnhandledRequest: 'bypass', onUnhandledFrame: 'bypass' } as const

/** The part of msw's source of requests that `hush` needs. It is no documented part, so it may be missing. */
interface Source {
  readonly emitter?: { earlyOn?(type: 'frame', listener: (event: { readonly frame: Frame }) => void): unknown }
}
interface Frame {
  readonly events: { on(type: 'unhandledException', listener: () => void): unknown }
}

/** msw prints what a handler throws unless the request's own events are listened to; here it is thrown on purpose. */
function hush(source: unknown): void {
  const { emitter } = (source ?? {}) as Source
  emitter?.earlyOn?.('frame', ({ frame }) => {
    frame.events.on('unhandledException', () => {})
  })
}

/** msw gives a client an error with a system error's fields as that error, and makes a 500 of any other. */
function broken(error: unknown): never {
  const cause = error instanceof TypeError ? error.cause : undefined
  if (cause instanceof Error && 'errno' in cause) throw cause
  const message = error instanceof Error ? error.message : String(error)
  throw Object.assign(new Error(message, { cause: error }), { code: 'ECONNABORTED', errno: -103 })
}

function keepingFetch(change: () => void): void {
  const fetch = Object.getOwnPropertyDescriptor(globalThis, 'fetch')
  change()
  if (fetch) Object.defineProperty(globalThis, 'fetch', fetch)
}
