/** `retry-discipline`: tries are counted, spaced and only made where they can help. Broken by an agent that retries everything, never, or at once. */

import type { EventOf } from '../../core/event.js'
import type { Facts, RetryFacts } from '../../core/history.js'
import type { ErrorClass, ErrorDetail, OutcomeKind } from '../../core/outcome.js'
import type { Check } from '../invariant.js'
import type { Judge, Judgement } from '../judgement.js'
import { delayFits, isJittered, shortestDelay, unlikelyWaits } from '../retry-delay.js'
import { isDoubtful, toolFacts } from '../tool-facts.js'

interface Attempt {
  attempt: number
  seq: number
  incarnation: number
  ended: { readonly seq: number; readonly outcome: OutcomeKind; readonly error: ErrorDetail | undefined } | undefined
  /** When the tool threw: the wait before the next attempt cannot have begun earlier. */
  threwAt: number | undefined
  /** The tool looked and said that nothing had happened. */
  reconciled: boolean
}

interface State {
  readonly facts: Facts
  readonly calls: Map<string, Attempt>
  attempts: number
  timeMs: number
  startedAt: number
  ended: number | undefined
  model: EventOf<'model-call-end'> | undefined
  /** A breaker opened, a saga aborted: retries may rightly be missing. */
  hindered: boolean
  /** Waits that the policy set, as long as all of them were the shortest; undefined: one was longer. */
  plain: readonly number[] | undefined
}

/** Classes that no further try can mend. */
const final: ReadonlySet<ErrorClass> = new Set<ErrorClass>(['permanent', 'refused', 'invalid-args', 'unknown-tool'])
/** Classes under which the attempt ended before the tool did. */
const abandoned: ReadonlySet<ErrorClass> = new Set<ErrorClass>(['timeout', 'cancelled'])

export const retryDiscipline: Check<State> = {
  name: 'retry-discipline',
  says: 'A failed operation is tried again where that can help, within its limit, after the right wait, and not otherwise.',
  kind: 'safety',
  clauses: {
    a: 'attempts are counted per call, over restarts too, and stay within the limit',
    b: 'there is no further attempt after success or after an error that no try can mend',
    c: 'a write that is not safe to repeat is not tried again after an unknown outcome',
    d: 'the wait lies within the policy and is no shorter than what the other side asked for',
    e: 'nothing is tried after the run has ended',
    g: 'a retryable failure with attempts and time left is tried again',
    h: 'waits that the policy sets have its jitter: not all of them are the shortest',
  },
  usual:
    'retry transient errors only, count attempts per call, wait base times factor plus jitter, and obey Retry-After',
  mutant: 'retry-after-raw',
  concerns: (facts) => facts.own && facts.retry !== undefined,
  start: (facts) => ({
    facts,
    calls: new Map(),
    attempts: facts.retry?.attempts ?? facts.limits?.attempts ?? Number.POSITIVE_INFINITY,
    timeMs: facts.limits?.timeMs ?? Number.POSITIVE_INFINITY,
    startedAt: 0,
    ended: undefined,
    model: undefined,
    hindered: false,
    plain: [],
  }),
  on: {
    'run-start': (state, event, judge) => {
      state.calls.clear()
      state.ended = state.model = undefined
      // Its time runs from when it began, however long the store took to write that down.
      state.startedAt = Math.min(event.at, event.vt)
      state.timeMs = event.limits.timeMs
      return judge.skip
    },
    'run-end': (state, event, judge) => {
      state.ended = event.seq
      return judge.skip
    },
    'breaker-moved': hinder,
    'saga-abort': hinder,
    'call-reconciled': (state, event, judge) => {
      const call = event.answer === 'not-applied' ? state.calls.get(event.call) : undefined
      if (call) call.reconciled = true
      return judge.skip
    },
    'tool-returned': (state, event, judge) => {
      const call = event.outcome === 'threw' ? state.calls.get(event.call) : undefined
      if (call && call.attempt === event.attempt && !call.ended) call.threwAt = event.vt
      return judge.skip
    },
    'attempt-start': (state, event, judge) => judgeAttempt(state, event, judge),
    'attempt-end': (state, event, judge) => {
      const call = state.calls.get(event.call)
      if (call) call.ended = { seq: event.seq, outcome: event.outcome, error: event.error }
      return judge.skip
    },
    'call-settled': (state, event, judge) => judgeSettled(state, event, judge),
    'model-call-end': (state, event, judge) => {
      state.model = event
      return judge.skip
    },
    'model-call-start': (state, event, judge) => judgeModelCall(state, event, judge),
    'retry-scheduled': (state, event, judge) => {
      const retry = state.facts.retry
      if (!retry) return judge.skip
      const wrong = delayFits(retry, event)
      if (wrong !== undefined) return judge.broken(`${event.op}: ${wrong}`, { clause: 'd' })
      return judgeJitter(state, retry, event, judge)
    },
  },
}

/** A single shortest wait is chance; nothing else, so often, is not. */
function judgeJitter(state: State, retry: RetryFacts, event: EventOf<'retry-scheduled'>, judge: Judge): Judgement {
  const jittered = isJittered(retry, event)
  if (jittered) state.plain = undefined
  if (jittered !== false || !state.plain) return judge.held
  state.plain = [...state.plain, event.seq]
  if (state.plain.length < unlikelyWaits(retry)) return judge.held
  const because = `${state.plain.length} waits had none of the jitter, up to ${retry.jitterMs} ms: what fails in one instant comes again in one instant`
  return judge.broken(because, { clause: 'h', witness: state.plain })
}

function hinder(state: State, _event: unknown, judge: Judge): Judgement {
  state.hindered = true
  return judge.skip
}

function judgeAttempt(state: State, event: EventOf<'attempt-start'>, judge: Judge): Judgement {
  const before = state.calls.get(event.call)
  const what = `attempt ${event.attempt} of ${event.tool} (${event.call})`
  const broken = (clause: string, because: string, seq?: number): Judgement =>
    judge.broken(because, { clause, witness: seq === undefined ? [event.seq] : [seq, event.seq], tool: event.tool })
  if (state.ended !== undefined) return broken('e', `${what} was started after the run had ended`, state.ended)
  if (event.attempt > state.attempts)
    return broken('a', `${what} is more than the ${state.attempts} allowed`, before?.seq)
  if (before && event.attempt <= before.attempt) {
    return broken('a', `${what} was started after attempt ${before.attempt}: the count was lost`, before.seq)
  }
  const why = before && forbidden(state, event, before)
  if (why) return broken(why.clause, `${what} was started ${why.because}`, before.ended?.seq ?? before.seq)
  const early = before && tooEarly(state, event, before)
  if (early) return broken('d', `${what} came ${early}`, before.ended?.seq)
  const again = before !== undefined
  state.calls.set(event.call, {
    attempt: event.attempt,
    seq: event.seq,
    incarnation: event.incarnation,
    ended: undefined,
    threwAt: undefined,
    reconciled: false,
  })
  return again ? judge.held : judge.skip
}

/** Why another attempt may not follow. */
function forbidden(
  state: State,
  event: EventOf<'attempt-start'>,
  before: Attempt,
): { clause: string; because: string } | undefined {
  const ended = before.ended
  if (ended?.outcome === 'ok') return { clause: 'b', because: 'although the attempt before had succeeded' }
  if (ended?.error && (final.has(ended.error.class) || !ended.error.retryable)) {
    return { clause: 'b', because: `after an error that no further try can mend (${ended.error.class})` }
  }
  const tool = toolFacts(state.facts, event.tool)
  const unknown = ended ? ended.outcome === 'unknown' : before.incarnation !== event.incarnation
  if (unknown && tool && isDoubtful(tool) && !before.reconciled) {
    return {
      clause: 'c',
      because: 'although nobody knew whether the attempt before took effect, and it is not safe to repeat',
    }
  }
  return undefined
}

function tooEarly(state: State, event: EventOf<'attempt-start'>, before: Attempt): string | undefined {
  const { ended, threwAt } = before
  const retry = state.facts.retry
  if (!retry || threwAt === undefined || !ended?.error || abandoned.has(ended.error.class)) return undefined
  if (before.incarnation !== event.incarnation) return undefined
  const least = shortestDelay(retry, before.attempt, ended.error.afterMs)
  const waited = event.vt - threwAt
  return waited < least ? `${waited} ms after the failure, not the ${least} ms it had to wait` : undefined
}

function judgeSettled(state: State, event: EventOf<'call-settled'>, judge: Judge): Judgement {
  const last = state.calls.get(event.call)
  const error = last?.ended?.error
  if (event.outcome === 'ok' || !last?.ended || !error) return judge.skip
  const retry = state.facts.retry
  const tool = toolFacts(state.facts, event.tool)
  if (!retry || !tool || state.hindered || !error.retryable || final.has(error.class)) return judge.held
  if (last.attempt >= state.attempts || last.incarnation !== event.incarnation) return judge.held
  if (last.ended.outcome === 'unknown' && isDoubtful(tool)) return judge.held
  // Overridden by something else than the attempt: a deadline, a cancel, a breaker.
  if (event.error?.class !== error.class || (error.afterMs ?? 0) > retry.maxDelayMs) return judge.held
  const wait = shortestDelay(retry, last.attempt, error.afterMs) + retry.jitterMs
  if ((event.vt - state.startedAt + wait) * 2 > state.timeMs) return judge.held
  const because = `${event.tool} (${event.call}) was given up after attempt ${last.attempt} of ${state.attempts} although its error (${error.class}) was worth another try`
  return judge.broken(because, { clause: 'g', witness: [last.ended.seq, event.seq], tool: event.tool })
}

function judgeModelCall(state: State, event: EventOf<'model-call-start'>, judge: Judge): Judgement {
  if (state.ended !== undefined) {
    return judge.broken(`the model was called for turn ${event.turn} after the run had ended`, {
      clause: 'e',
      witness: [state.ended, event.seq],
    })
  }
  if (event.attempt > state.attempts) {
    return judge.broken(
      `the model was called ${event.attempt} times for turn ${event.turn}, more than the ${state.attempts} allowed`,
      { clause: 'a' },
    )
  }
  const last = state.model
  if (last?.turn !== event.turn || last.attempt >= event.attempt) return judge.skip
  if (last.outcome !== 'ok' && last.error && !last.error.retryable && final.has(last.error.class)) {
    const because = `the model was called again for turn ${event.turn} after an error that no further try can mend (${last.error.class})`
    return judge.broken(because, { clause: 'b', witness: [last.seq, event.seq] })
  }
  return judge.held
}
