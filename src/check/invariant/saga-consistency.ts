/** `saga-consistency`: a saga that aborts takes back what it did, backwards, and says what it could not. Broken by a compensation registered too late. */

import type { EventOf } from '../../core/event.js'
import type { Facts } from '../../core/history.js'
import type { OutcomeKind } from '../../core/outcome.js'
import type { Check } from '../invariant.js'
import type { Judge, Judgement } from '../judgement.js'
import { toolFacts } from '../tool-facts.js'

interface Step {
  readonly step: number
  readonly call: string
  readonly tool: string
  readonly seq: number
  readonly compensation: boolean
  /** First compensation, the one that runs, and how the latest ended. */
  first: number | undefined
  running: { readonly seq: number; readonly incarnation: number } | undefined
  ended: OutcomeKind | undefined
  key: string | undefined
}

interface Effects {
  readonly live: Map<number, number>
  seen: number
}

interface State {
  readonly facts: Facts
  open: number | undefined
  /** The run is a saga, whether or not it said so yet. */
  saga: boolean
  ended: EventOf<'saga-end'> | undefined
  aborted: number | undefined
  readonly steps: Map<number, Step>
  readonly registered: Set<string>
  /** Calls that carry the key of an earlier one: the same step again. */
  readonly reissues: Map<string, string>
  readonly settled: Map<string, OutcomeKind | 'rejected'>
  /** Forward effects by call, those taken back removed. */
  readonly effects: Map<string, Effects>
  readonly owner: Map<number, string>
  met: boolean
}

export const sagaConsistency: Check<State> = {
  name: 'saga-consistency',
  says: 'A saga that aborts takes back every effect it may have had, in reverse order, and reports exactly what remains.',
  kind: 'safety',
  clauses: {
    a: 'each step that took effect, or may have, is compensated, and no other',
    b: 'compensations run in reverse order, one after the other',
    c: 'no step starts after the saga was aborted',
    d: 'a compensation is registered before its step runs',
    e: 'all tries of a compensation carry one key',
    f: 'a failed compensation does not stop the others, and the run ends as needs-intervention',
    g: 'committed means not aborted',
    h: 'each saga ends once, before its run does',
  },
  usual:
    'register the compensation before the step, and run compensations from the log, backwards, until each has an outcome',
  mutant: 'register-after-success',
  concerns: (facts) => facts.own && facts.tools.some((tool) => tool.compensated),
  start: (facts) => ({
    facts,
    open: undefined,
    saga: false,
    ended: undefined,
    aborted: undefined,
    steps: new Map(),
    registered: new Set(),
    reissues: new Map(),
    settled: new Map(),
    effects: new Map(),
    owner: new Map(),
    met: false,
  }),
  on: {
    'run-start': (state, event, judge) => {
      state.saga = event.saga
      return judge.skip
    },
    'saga-open': (state, event, judge) => {
      state.open = event.seq
      state.met = true
      state.ended = state.aborted = undefined
      state.steps.clear()
      return judge.skip
    },
    'batch-open': (state, event, judge) => {
      for (const { call, reissueOf } of event.calls) if (reissueOf !== undefined) state.reissues.set(call, reissueOf)
      return judge.skip
    },
    'saga-step-registered': (state, event, judge) => {
      state.registered.add(event.call)
      state.steps.set(event.step, {
        ...stepOf(event),
        first: undefined,
        running: undefined,
        ended: undefined,
        key: undefined,
      })
      return judge.skip
    },
    'attempt-start': (state, event, judge) => judgeAttempt(state, event, judge),
    'call-settled': (state, event, judge) => {
      state.settled.set(event.call, event.outcome)
      return judge.skip
    },
    'call-rejected': (state, event, judge) => {
      state.settled.set(event.call, 'rejected')
      return judge.skip
    },
    'effect-applied': (state, event, judge) => {
      noteEffect(state, event)
      return judge.skip
    },
    'effect-compensated': (state, event, judge) => {
      takeBack(state, event.effect)
      return judge.skip
    },
    'saga-abort': (state, event, judge) => {
      state.aborted = event.seq
      return judge.skip
    },
    'compensation-start': (state, event, judge) => judgeCompensation(state, event, judge),
    'compensation-end': (state, event, judge) => {
      const step = state.steps.get(event.step)
      if (step) {
        step.running = undefined
        step.ended = event.outcome
      }
      return judge.skip
    },
    'saga-end': (state, event, judge) => judgeSagaEnd(state, event, judge),
    'run-end': (state, event, judge) => judgeRunEnd(state, event, judge),
  },
  met: (state) => state.met,
}

const stepOf = ({ step, call, tool, seq, compensation }: EventOf<'saga-step-registered'>) => ({
  step,
  call,
  tool,
  seq,
  compensation,
})

function noteEffect(state: State, event: EventOf<'effect-applied'>): void {
  if (event.compensates !== undefined) takeBack(state, event.compensates)
  else if (event.call !== undefined) {
    const effects = state.effects.get(event.call) ?? { live: new Map<number, number>(), seen: 0 }
    effects.live.set(event.effect, event.seq)
    effects.seen++
    state.effects.set(event.call, effects)
    state.owner.set(event.effect, event.call)
  }
}

function takeBack(state: State, effect: number): void {
  const call = state.owner.get(effect)
  if (call !== undefined) state.effects.get(call)?.live.delete(effect)
}

function judgeAttempt(state: State, event: EventOf<'attempt-start'>, judge: Judge): Judgement {
  if ((state.open === undefined && !state.saga) || state.ended) return judge.skip
  const tool = toolFacts(state.facts, event.tool)
  if (!tool || tool.effect === 'read') return judge.skip
  if (state.aborted !== undefined) {
    const because = `${event.tool} (${event.call}) was started after the saga had been aborted`
    return judge.broken(because, { clause: 'c', witness: [state.aborted, event.seq], tool: event.tool })
  }
  if (!tool.compensated || state.registered.has(event.call)) return judge.skip
  const because = `${event.tool} (${event.call}) was started before its compensation was registered`
  return judge.broken(because, { clause: 'd', tool: event.tool })
}

function judgeCompensation(state: State, event: EventOf<'compensation-start'>, judge: Judge): Judgement {
  const step = state.steps.get(event.step)
  if (!step) return judge.skip
  const broken = (clause: string, because: string, witness: readonly number[]): Judgement =>
    judge.broken(because, { clause, witness, tool: event.tool })
  const settled = state.settled.get(step.call)
  if (settled === 'failed' || settled === 'rejected') {
    const because = `the compensation of ${step.tool} (${step.call}) was started although that call certainly had no effect`
    return broken('a', because, [step.seq, event.seq])
  }
  for (const other of state.steps.values()) {
    if (other === step) continue
    const parallel = other.running?.incarnation === event.incarnation
    if (other.first === undefined || (!parallel && other.step > event.step)) continue
    const because = parallel
      ? `the compensation of step ${event.step} (${event.tool}) was started while that of step ${other.step} (${other.tool}) was running`
      : `step ${event.step} (${event.tool}) was compensated after step ${other.step} (${other.tool}), not before it`
    return broken('b', because, [other.first, event.seq])
  }
  if (event.key === '' || (step.key !== undefined && step.key !== event.key)) {
    const because = `a further try of the compensation of ${step.tool} (${step.call}) carries another key`
    return broken('e', because, [step.first ?? event.seq, event.seq])
  }
  step.key = event.key
  step.first ??= event.seq
  step.running = { seq: event.seq, incarnation: event.incarnation }
  return judge.skip
}

function judgeSagaEnd(state: State, event: EventOf<'saga-end'>, judge: Judge): Judgement {
  if (state.ended) {
    return judge.broken('the saga ended a second time', { clause: 'h', witness: [state.ended.seq, event.seq] })
  }
  state.ended = event
  if (event.status === 'committed') {
    if (state.aborted === undefined) return judge.skip
    return judge.broken('the saga was aborted and yet ended as committed', {
      clause: 'g',
      witness: [state.aborted, event.seq],
    })
  }
  for (const step of state.steps.values()) {
    const remains = step.compensation && mayRemain(state, step)
    if (!remains || step.ended === 'ok' || undoneAsFirst(state, step)) continue
    const effect = [...(state.effects.get(step.call)?.live.values() ?? [])]
    const witness = [step.seq, ...effect, event.seq]
    if (event.status === 'compensated') {
      const because = `the saga ended as compensated, but ${step.tool} (${step.call}) was not taken back`
      return judge.broken(because, { clause: step.first === undefined ? 'a' : 'f', witness, tool: step.tool })
    }
    if (step.first === undefined || event.residue.length === 0) {
      const because =
        step.first === undefined
          ? `the saga ended without trying to take back ${step.tool} (${step.call})`
          : `${step.tool} (${step.call}) could not be taken back, but the saga reports nothing left behind`
      return judge.broken(because, { clause: 'f', witness, tool: step.tool })
    }
  }
  return state.aborted === undefined ? judge.skip : judge.held
}

/** The step was an earlier one again, and that one was taken back. */
function undoneAsFirst(state: State, step: Step): boolean {
  const first = state.reissues.get(step.call)
  if (first === undefined) return false
  for (const other of state.steps.values())
    if (other.call === first) return other.ended === 'ok' || undoneAsFirst(state, other)
  return false
}

/** By the ledger where it knows the call; by the log where the tool has no effect that the world can see. */
function mayRemain(state: State, step: Step): boolean {
  const effects = state.effects.get(step.call)
  return effects ? effects.live.size > 0 : state.facts.backends.length === 0 && state.settled.get(step.call) === 'ok'
}

function judgeRunEnd(state: State, event: EventOf<'run-end'>, judge: Judge): Judgement {
  if (state.open === undefined) return judge.skip
  const open = state.open
  state.open = undefined
  if (!state.ended)
    return judge.broken('the run ended while its saga was open', { clause: 'h', witness: [open, event.seq] })
  if (state.ended.status !== 'needs-intervention' || event.status === 'needs-intervention') return judge.skip
  const because = `the saga needs intervention, but the run ended as ${event.status}`
  return judge.broken(because, { clause: 'f', witness: [state.ended.seq, event.seq] })
}
