/** Tries again while it is safe and of use. The attempt counter comes from the log: a resume goes on where it was. */

import type { LogEvents } from '../../core/event.js'
import { type ErrorDetail, failed, type Outcome, unknown } from '../../core/outcome.js'
import { askTool } from '../ask-tool.js'
import { retrying, waitOut } from '../run.js'
import type { Reconciled } from '../tool.js'
import { type Answer, type Layer, record, type Work } from './layer.js'

export const retry: Layer = (next) => async (work) => {
  const { run, call, tool } = work
  for (;;) {
    await waitOut(run, call.wait)
    const answer = leftOver(work) ?? (await next(work))
    if (answer.outcome.kind === 'ok') return answer
    const { error } = answer.outcome
    const isDoubtful = mayHaveHappened(work, answer)
    const again = retrying(run, call.intent.call, call.attempts, error)
    if (again && (!isDoubtful || tool.idempotency !== 'none')) {
      await record(work, answer, () => [again()])
      continue
    }
    if (!isDoubtful || call.applied || !tool.reconcile) return { ...answer, outcome: overall(error, isDoubtful) }
    await record(work, answer, () => [])
    const reconciled = await reconcile(work)
    if (reconciled.answer !== 'not-applied' || !again) {
      const outcome = overall(error, reconciled.answer !== 'not-applied')
      return { outcome, isAttempt: false, events: [reconciled] }
    }
    await run.journal.append(() => [reconciled, again()])
  }
}

/** What an earlier incarnation left: an attempt in flight when it died, or one that ended and was not judged. */
function leftOver({ run, call, tool }: Work): Answer | undefined {
  if (call.phase === 'orphaned') {
    return { outcome: run.parts.outcomeOf({ kind: 'interrupted' }, tool), isAttempt: true }
  }
  if (call.phase === 'ended' && call.last) return { outcome: call.last, isAttempt: false }
  return undefined
}

/** One attempt of unknown outcome leaves the whole call in doubt, whatever the later ones said. */
function mayHaveHappened({ call }: Work, { outcome }: Answer): boolean {
  return outcome.kind === 'unknown' || call.unresolved.length > 0 || call.applied
}

const overall = (error: ErrorDetail, isDoubtful: boolean): Outcome => (isDoubtful ? unknown(error) : failed(error))

export type ReconciledEvent = LogEvents['call-reconciled'] & { readonly type: 'call-reconciled' }

/** A tool that throws, hangs or answers anything else has said `unknown`. Asking changes nothing, so it is not bounded by the run. */
async function reconcile({ run, call, tool }: Work): Promise<ReconciledEvent> {
  const ending = await askTool(run, call, {
    what: `reconcile tool=${tool.name}`,
    delayMs: run.parts.timeoutOf(tool),
    start: (args, context) => tool.reconcile?.(args, { ...context, call: `${context.call}.reconcile` }),
  })
  const answer = ending.kind === 'returned' ? answerIn(ending.value) : 'unknown'
  return { type: 'call-reconciled', call: call.intent.call, tool: tool.name, attempt: call.attempts, answer }
}

const answerIn = (value: unknown): Reconciled => (value === 'applied' || value === 'not-applied' ? value : 'unknown')
