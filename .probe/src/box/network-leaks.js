/** Ways to the real network other than `fetch`: sockets, name look-ups, datagrams, and requests of `node:http`. */
import dgram from 'node:dgram';
import dns from 'node:dns';
import http from 'node:http';
import https from 'node:https';
import net from 'node:net';
import tls from 'node:tls';
import { inhabitantOf } from './habitat.js';
import { guard } from './leak.js';
export function installNetworkLeaks() {
    guard(net.Socket.prototype, 'connect', (args) => `a socket to ${address(args)}`);
    guard(tls, 'connect', (args) => `a TLS socket to ${address(args)}`);
    guard(dgram.Socket.prototype, 'send', () => 'a datagram');
    guard(net.Server.prototype, 'listen', () => 'a server');
    for (const [protocol, module] of Object.entries({ http, https })) {
        for (const name of ['request', 'get']) {
            guard(module, name, (args, scope) => httpRequest(protocol, args, scope));
        }
    }
    for (const name of Object.keys(dns)) {
        if (!/^(lookup|resolve|reverse)/.test(name))
            continue;
        const describe = ([host]) => `a name look-up of ${String(host)}`;
        guard(dns, name, describe);
        guard(dns.promises, name, describe, true);
    }
}
function httpRequest(protocol, args, scope) {
    if (inhabitantOf(scope.world)?.nodeHttp)
        return undefined;
    const [first] = args;
    if (typeof first === 'string' || first instanceof URL)
        return `a request to ${String(first)}`;
    const host = first?.hostname ?? first?.host ?? 'localhost';
    return `a request to ${protocol}://${host}${first?.path ?? ''}`;
}
/** Of `connect(options)`, `connect(port, host)`, `connect(path)`, or the array Node makes of those. */
function address(args) {
    const [first, second] = Array.isArray(args[0]) ? args[0] : args;
    if (typeof first === 'object' && first !== null)
        return first.path ?? `${first.host ?? 'localhost'}:${first.port}`;
    if (typeof first === 'string' && Number.isNaN(Number(first)))
        return first;
    return `${typeof second === 'string' ? second : 'localhost'}:${first}`;
}
