/** The way in for agents whose HTTP client is `node:http` instead of `fetch`: msw, loaded on first use. */
/**
 * Brings requests made through `node:http` and `node:https` to a handler. `fetch` is not touched: it has a faster way in, and
 * what is intercepted twice is answered twice.
 */
export function nodeHttp(handler) {
    let server;
    let running = false;
    return {
        async start() {
            server ??= await createServer(handler);
            if (!running)
                server.listen();
            running = true;
        },
        stop() {
            if (running)
                server?.close();
            running = false;
        },
    };
}
async function createServer(handler) {
    const [{ defaultNetworkOptions, setupServer }, { http }, { syncBuiltinESMExports }] = await Promise.all([
        import('msw/node'),
        import('msw'),
        import('node:module'),
    ]);
    const server = setupServer(http.all('*', ({ request }) => handler(request)?.catch(broken)));
    // msw replaces `http.request` on the module; who imported it by name would still hold the real one.
    const change = (apply) => {
        keepingFetch(apply);
        syncBuiltinESMExports();
    };
    return {
        listen: () => {
            change(() => server.listen({ onUnhandledRequest: 'bypass' }));
            hush(defaultNetworkOptions?.sources[0]);
        },
        close: () => change(() => server.close()),
    };
}
/** msw prints what a handler throws unless the request's own events are listened to; here it is thrown on purpose. */
function hush(source) {
    const { emitter } = (source ?? {});
    emitter?.earlyOn?.('frame', ({ frame }) => {
        frame.events.on('unhandledException', () => { });
    });
}
/** msw gives a client an error with a system error's fields as that error, and makes a 500 of any other. */
function broken(error) {
    const cause = error instanceof TypeError ? error.cause : undefined;
    if (cause instanceof Error && 'errno' in cause)
        throw cause;
    const message = error instanceof Error ? error.message : String(error);
    throw Object.assign(new Error(message, { cause: error }), { code: 'ECONNABORTED', errno: -103 });
}
function keepingFetch(change) {
    const fetch = Object.getOwnPropertyDescriptor(globalThis, 'fetch');
    change();
    if (fetch)
        Object.defineProperty(globalThis, 'fetch', fetch);
}
