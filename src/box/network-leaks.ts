/** Ways to the real network other than `fetch`: sockets, name look-ups, datagrams, and requests of `node:http`. */

import dgram from 'node:dgram'
import dns from 'node:dns'
import http from 'node:http'
import https from 'node:https'
import net from 'node:net'
import tls from 'node:tls'
import type { Scope } from '../kernel/scope.js'
import { inhabitantOf } from './habitat.js'
import { guard, guarded } from './leak.js'
import { replace } from './replace.js'
import { box } from './shared-box.js'

export function installNetworkLeaks(): void {
  guardSockets()
  guard(dgram.Socket.prototype, 'send', () => 'a datagram')
  guard(net.Server.prototype, 'listen', () => 'a server')
  for (const [protocol, module] of Object.entries({ http, https })) {
    for (const name of ['request', 'get'] as const) guardRequests(protocol, module, name)
  }
  for (const name of Object.keys(dns)) {
    if (!/^(lookup|resolve|reverse)/.test(name)) continue
    const describe = ([host]: any[]): string => `a name look-up of ${String(host)}`
    guard(dns, name, describe)
    guard(dns.promises, name, describe, true)
  }
}

/**
 * Who answers `node:http` may do so in the sockets (msw 3): it stands before ours and gives each one that it has in hand a `connect`
 * of its own, which reaches nobody. The one that it makes for what it leaves to the network has none.
 */
function guardSockets(): void {
  const prototype = net.Socket.prototype
  guard(prototype, 'connect', (args, scope, self) =>
    answersBelow(scope) && Object.hasOwn(self as object, 'connect') ? undefined : `a socket to ${address(args)}`,
  )
  const shim = prototype.connect
  guard(tls, 'connect', (args, scope) =>
    answersBelow(scope) && prototype.connect !== shim ? undefined : `a TLS socket to ${address(args)}`,
  )
}

const answersBelow = ({ world }: Scope): boolean => inhabitantOf(world)?.nodeHttp === true

/**
 * Whoever answers requests replaces the function on its module later than an agent may have taken it from there: ours, which the
 * agent has, calls the newest one, and that one calls ours as its original.
 */
function guardRequests(protocol: string, module: typeof http | typeof https, name: 'request' | 'get'): void {
  let within = false
  replace(module, name, (original) => {
    const newest = function (this: unknown, ...args: unknown[]): unknown {
      if (within || box.storage.getStore() === undefined || module[name] === shim)
        return Reflect.apply(original, this, args)
      within = true
      try {
        return Reflect.apply(module[name], this, args)
      } finally {
        within = false
      }
    }
    const shim = guarded(newest, (args, scope) => httpRequest(protocol, args, scope), false)
    return shim
  })
}

function httpRequest(protocol: string, args: any[], scope: Scope): string | undefined {
  if (answersBelow(scope)) return undefined
  const [first] = args
  if (typeof first === 'string' || first instanceof URL) return `a request to ${String(first)}`
  const host = first?.hostname ?? first?.host ?? 'localhost'
  return `a request to ${protocol}://${host}${first?.path ?? ''}`
}

/** Of `connect(options)`, `connect(port, host)`, `connect(path)`, or the array Node makes of those. */
function address(args: any[]): string {
  const [first, second] = Array.isArray(args[0]) ? args[0] : args
  if (typeof first === 'object' && first !== null) return first.path ?? `${first.host ?? 'localhost'}:${first.port}`
  if (typeof first === 'string' && Number.isNaN(Number(first))) return first
  return `${typeof second === 'string' ? second : 'localhost'}:${first}`
}
