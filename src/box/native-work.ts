/**
 * Native work of the agent in flight: file reads, thread-pool cryptography, compression, module loading.
 *
 * Seen with one async_hooks hook that looks at the type alone (promises leave at the first line), because ALS has already made
 * promises pay for hooks. A `destroy` hook would triple the price of every await, so completion is the `after` of the request.
 */

import { createHook } from 'node:async_hooks'
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
  ...['CHECKPRIMEREQUEST', 'CIPHERREQUEST', 'DERIVEBITSREQUEST', 'HASHREQUEST', 'KEYEXPORTREQUEST', 'KEYGENREQUEST'],
  ...['KEYPAIRGENREQUEST', 'PBKDF2REQUEST', 'RANDOMBYTESREQUEST', 'RANDOMPRIMEREQUEST', 'SCRYPTREQUEST'],
  ...['SIGNREQUEST', 'VERIFYREQUEST'],
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
    for (const [id, { type, scope, resource }] of native.pending) {
      if (!isAlive(scope) || (jobs.has(type) && !isAsynchronous(resource))) native.pending.delete(id)
    }
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
    if (box.storage.getStore() !== undefined) watchWrites(id, type, resource)
  } else if (requests.has(type) || jobs.has(type)) {
    track(id, type, resource)
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

function track(id: number, type: string, resource: object): void {
  const scope = box.storage.getStore()
  if (scope === undefined) return
  const work = native.pending.get(id)
  // A compressor begins its next write inside the callback of the one before.
  if (work !== undefined) work.outstanding++
  else native.pending.set(id, { type, scope, resource, outstanding: 1 })
}

/** A compressor is a handle that may idle for ever; only its writes are requests. */
function watchWrites(id: number, type: string, handle: object): void {
  const write = (handle as { write?: unknown }).write
  if (typeof write !== 'function') return
  Object.assign(handle, {
    write(this: object, ...args: unknown[]): unknown {
      track(id, type, handle)
      return Reflect.apply(write, this, args)
    },
  })
}

/** A job has its callback by the time the world looks; one that ran synchronously never gets one. */
const isAsynchronous = (job: object): boolean => typeof (job as { ondone?: unknown }).ondone === 'function'
