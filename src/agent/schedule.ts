/** Which calls of a batch can start now: those whose dependencies are met and whose resources are free. */

import { conflictsBefore, serialOrder } from '../core/batch-order.js'
import type { Intent } from '../core/event.js'
import type { ErrorDetail } from '../core/outcome.js'
import type { Batch, CallState } from './state.js'

/** `blocked`: an earlier one has to settle first. An error: it never can start. */
export type Readiness = 'ready' | 'blocked' | ErrorDetail

/** The judge of one batch. Batches that declare nothing are never held up. */
export function scheduleOf(batch: Batch): (call: CallState) => Readiness {
  const intents = batch.calls.map(({ intent }) => intent)
  if (!intents.some(isBound)) return () => 'ready'
  const byPath = new Map(batch.calls.map((call) => [call.intent.call, call]))
  const order = serialOrder(intents)
  const isOpen = (path: string): boolean => byPath.get(path)?.phase !== 'settled'
  return ({ intent }) => {
    const { dependsOn = [], sameAs } = intent
    const failed = dependsOn.find((path) => !isOpen(path) && byPath.get(path)?.outcome !== 'ok')
    if (failed !== undefined) return notMet(failed)
    if (dependsOn.some(isOpen) || (sameAs !== undefined && isOpen(sameAs))) return 'blocked'
    return conflictsBefore(order, intent).some(({ call }) => isOpen(call)) ? 'blocked' : 'ready'
  }
}

const isBound = ({ dependsOn, resources, sameAs }: Intent): boolean =>
  dependsOn !== undefined || resources !== undefined || sameAs !== undefined

const notMet = (path: string): ErrorDetail => ({
  class: 'dependency-failed',
  text: `${path}, which this call depends on, did not succeed; the call was not made`,
  retryable: false,
})
