/**
 * Native work of the agent in flight: file reads, thread-pool cryptography, compression, module loading.
 *
 * Seen with one async_hooks hook that looks at the type alone (promises leave at the first line), because ALS has already made
 * promises pay for hooks. A `destroy` hook would triple the price of every await, so completion is the `after` of the request.
 */

import { createHook } from 'node:async_hooks'
import { types } from 'node:util'
import { isAlive } from '../kernel/scope.js'
import { currentStack } from './call-site.js'
import { inhabitantOf } from './habitat.js'
import { leakRemedy } from './leak.js'
import { box } from './shared-box.js'
import { realTimer, takenEarly, takenEarlyRemedy } from './taken-early.js'

const requests = new Set([
  ...['FSREQCALLBACK', 'FSREQPROMISE', 'FILEHANDLECLOSEREQ'],
  ...['GETADDRINFOREQWRAP', 'GETNAMEINFOREQWRAP', 'QUERYWRAP', 'TCPCONNECTWRAP', 'PIPECONNECTWRAP'],
])
const jobs = new Set([
  ...['ARGON2REQUEST', 'CHECKPRIMEREQUEST', 'CIPHERREQUEST', 'DERIVEBITSREQUEST', 'HASHREQUEST', 'KEYEXPORTREQUEST'],
  ...['KEYGENREQUEST', 'KEYPAIRGENREQUEST', 'PBKDF2REQUEST', 'RANDOMBYTESREQUEST', 'RANDOMPRIMEREQUEST'],
  ...['SCRYPTREQUEST', 'SIGNREQUEST', 'VERIFYREQUEST'],
])

const native = box.native

/** vitest fetches modules from another process; it says which ones are under way. */
const imports = (globalThis as { __vitest_worker__?: { resolvingModules?: Set<string> } }).__vitest_worker__
  ?.resolvingModules

/** Idempotent; called when the first world is inhabited, so that a process without worlds pays nothing. */
export function watchNativeWork(): void {
  if (native.watched) return
  native.watched = true
  createHook({ init: begun, after: ended, trackPromises: false } as Parameters<typeof createHook>[0]).enable()
}

/** True while a living world waits for native work. Cheap when there is none. */
export function nativeBusy(): boolean {
  if (native.immediates) {
    native.immediates = false
    return true
  }
  if (native.pending.size > 0) {
    for (const [id, { scope }] of native.pending) if (!isAlive(scope)) native.pending.delete(id)
  }
  return native.pending.size > 0 || (imports !== undefined && imports.size > 0)
}

/** Gives up on what is in flight, and tells the worlds it belongs to. */
export function abandonNativeWork(): void {
  for (const { type, scope } of native.pending.values()) {
    inhabitantOf(scope.world)?.onLeak({
      what: `native work that never ends (${type})`,
      where: '',
      remedy: leakRemedy,
    })
  }
  native.pending.clear()
}

function begun(id: number, type: string, _trigger: number, resource: object): void {
  if (type === 'PROMISE') return
  if (type === 'Immediate') {
    if (!native.ours && box.storage.getStore() !== undefined) native.immediates = true
  } else if (type === 'Timeout') {
    tellRealTimer()
  } else if (type === 'ZLIB') {
    if (box.storage.getStore() !== undefined) watchCalls('write', id, type, resource)
  } else if (jobs.has(type)) {
    if (box.storage.getStore() !== undefined) watchCalls('run', id, type, resource, endsLater)
  } else if (requests.has(type)) {
    track(id, type)
  }
}

/** Inside a world nobody who met the shims makes a timer of Node's. */
function tellRealTimer(): void {
  const scope = box.storage.getStore()
  const inhabitant = scope && isAlive(scope) ? inhabitantOf(scope.world) : undefined
  const timer = inhabitant && realTimer(currentStack())
  if (timer) inhabitant.onLeak({ what: takenEarly(timer.name), where: timer.where, remedy: takenEarlyRemedy })
}

function ended(id: number): void {
  if (native.pending.size === 0) return
  const work = native.pending.get(id)
  if (work !== undefined && --work.outstanding === 0) native.pending.delete(id)
}

function track(id: number, type: string): void {
  const scope = box.storage.getStore()
  if (scope === undefined) return
  const work = native.pending.get(id)
  // A compressor begins its next write inside the callback of the one before.
  if (work !== undefined) work.outstanding++
  else native.pending.set(id, { type, scope, outstanding: 1 })
}

/**
 * A compressor is a handle that may idle for ever: its writes are requests. A job of cryptography may do all its work in the call
 * that runs it: what that call answers tells.
 */
function watchCalls(
  method: 'run' | 'write',
  id: number,
  type: string,
  handle: object,
  isRequest: (handle: object, answer: unknown) => boolean = () => true,
): void {
  const original = (handle as Record<string, unknown>)[method]
  if (typeof original !== 'function') return
  Object.assign(handle, {
    [method](this: object, ...args: unknown[]): unknown {
      const answer: unknown = Reflect.apply(original, this, args)
      if (isRequest(handle, answer)) track(id, type)
      return answer
    },
  })
}

/** A job on another thread has been given its callback, or, for Web Crypto since Node 24, answers with a promise. */
const endsLater = (job: object, answer: unknown): boolean =>
  typeof (job as { ondone?: unknown }).ondone === 'function' || types.isPromise(answer)
