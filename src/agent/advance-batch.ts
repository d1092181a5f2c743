/** Runs the calls of the open batch that are not settled, side by side up to the limit, in call order. */

import { conflictsBefore, serialOrder } from '../core/batch-order.js'
import { StormproofError } from '../core/error.js'
import type { Intent, LogEvent } from '../core/event.js'
import { type ErrorDetail, final } from '../core/outcome.js'
import { admit, isGated, type Verdict } from './admission.js'
import { toolNamed } from './agent.js'
import { notify } from './approval/hear.js'
import { dispatch } from './dispatch.js'
import { vetCall } from './guard/vet.js'
import { rejected, settled } from './layer/layer.js'
import { drift, settleDrifted } from './registry.js'
import type { Run } from './run.js'
import type { Batch, CallState } from './state.js'
import type { AnyTool } from './tool.js'
import { type Awaiting, runWaiting } from './wait.js'

/** Resolves when the batch may be left, or can only wait; rejects when the log cannot be written. */
export function advanceBatch(run: Run, batch: Batch): Promise<void> {
  const readiness = run.parts.scheduleOf(batch)
  const pending = batch.calls.filter((call) => call.phase !== 'settled')
  const awaiting: Awaiting[] = []
  return new Promise((resolve, reject) => {
    let inFlight = 0
    const begin = (work: Promise<void>): void => {
      inFlight++
      work.then(() => {
        inFlight--
        step()
      }, reject)
    }
    const step = (): void => {
      if (run.parts.batchDone(batch)) return resolve()
      for (let at = 0; at < pending.length && inFlight < run.agent.limits.inFlight; ) {
        const call = pending[at]!
        const ready = readiness(call)
        if (ready === 'blocked') {
          at++
          continue
        }
        pending.splice(at, 1)
        begin(ready === 'ready' ? settle(run, call, awaiting) : run.journal.append([rejected(call.intent, ready)]))
      }
      if (inFlight === 0) stand(run, awaiting).then(resolve, reject)
    }
    step()
  })
}

/** Nothing of the batch can go on: what is left waits for the outside, or the run has been cancelled meanwhile. */
async function stand(run: Run, awaiting: readonly Awaiting[]): Promise<void> {
  if (awaiting.length === 0) throw new StormproofError('internal', 'the calls of a batch wait for each other')
  await run.journal.append(() => (run.state.cancelled ? [] : [runWaiting(run, awaiting)]))
}

async function settle(run: Run, call: CallState, awaiting: Awaiting[]): Promise<void> {
  const tool = toolNamed(run.agent, call.intent.tool)
  const drifted = drift(call, tool)
  if (!tool || drifted) {
    await run.journal.append(settleDrifted(call, drifted!))
  } else if (call.attempts > 0 || !isGated(run, tool) || (await passes(run, call, tool, awaiting))) {
    await dispatch({ run, call, tool })
  }
}

/** Whether the checks let the call go on. If not it is settled, or waits. */
async function passes(run: Run, call: CallState, tool: AnyTool, awaiting: Awaiting[]): Promise<boolean> {
  await vetCall(run, call.intent, tool)
  let verdict: Verdict
  await run.journal.append(() => {
    if (run.state.cancelled) return []
    verdict = admit(run, call.intent, tool)
    return consequences(call, verdict)
  })
  if (!verdict || 'record' in verdict) return true
  if (!('wait' in verdict)) return false
  awaiting.push({ call, wait: verdict.wait })
  await notify(run, call.intent.call)
  return false
}

function consequences(call: CallState, verdict: Exclude<Verdict, undefined>): readonly LogEvent[] {
  if ('record' in verdict) return verdict.record
  if ('wait' in verdict) return verdict.wait.events ?? []
  if (!('settle' in verdict)) return [rejected(call.intent, verdict)]
  const { settle: outcome, note, events = [] } = verdict
  return [...events, settled(call, outcome, note)]
}

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

const notMet = (path: string): ErrorDetail =>
  final('dependency-failed', `${path}, which this call depends on, did not succeed; the call was not made`)
