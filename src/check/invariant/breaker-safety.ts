/** `breaker-safety`: an open breaker lets nothing through, and moves only for its reasons. Broken by one that counts failures that were not in a row. */

import type { EventOf } from '../../core/event.js'
import {
  attemptName,
  type BreakersSeen,
  breakerAt,
  breakerOfTool,
  noBreakers,
  startAgain,
  takeEnd,
  takeMove,
} from '../breakers-seen.js'
import type { Check } from '../invariant.js'
import type { Judge, Judgement } from '../judgement.js'

export const breakerSafety: Check<BreakersSeen> = {
  name: 'breaker-safety',
  says: 'A breaker opens after the declared number of failures in a row, lets nothing through while open, and one probe after that.',
  kind: 'safety',
  clauses: {
    a: 'it opens exactly at the declared number of counted failures in a row; a success starts the count again',
    b: 'it half-opens when its time is up, and closes or opens again as its probe succeeds or fails',
    c: 'while it is open no attempt starts',
    d: 'while it is half-open one attempt is in flight',
  },
  usual: 'count consecutive failures, ask the breaker before every attempt, and let one caller claim the probe',
  mutant: 'breaker-counts-cumulative',
  concerns: (facts) => facts.own && facts.breaker !== undefined,
  start: noBreakers,
  on: {
    'run-start': startAgain,
    'attempt-start': judgeStart,
    'attempt-end': (state, event, judge) => {
      takeEnd(state, event)
      return judge.skip
    },
    'breaker-moved': judgeMove,
  },
  met: ({ moved }) => moved,
}

function judgeStart(state: BreakersSeen, event: EventOf<'attempt-start'>, judge: Judge): Judgement {
  const { tool } = event
  const breaker = breakerOfTool(state, tool)
  const name = attemptName(event)
  state.attempts.set(name, breaker.generation)
  const broken = (clause: string, because: string, seq: number): Judgement =>
    judge.broken(because, { clause, witness: [seq, event.seq], tool })
  if (breaker.due) {
    const because = `${name} of ${tool} started although its breaker, after what came before, had to be ${breaker.due.to}`
    return broken('a', because, breaker.due.seq)
  }
  if (breaker.kind === 'open') return broken('c', `${name} of ${tool} started while its breaker was open`, breaker.seq)
  if (breaker.kind === 'closed') return judge.skip
  if (breaker.probe !== undefined) {
    return broken('d', `${name} of ${tool} started while the probe ${breaker.probe} was in flight`, breaker.seq)
  }
  breaker.probe = name
  return judge.held
}

function judgeMove(state: BreakersSeen, event: EventOf<'breaker-moved'>, judge: Judge): Judgement {
  const breaker = breakerAt(state.breakers, event.key)
  const { kind, due, openedAt, seq } = breaker
  takeMove(state, event)
  const broken = (clause: string, because: string): Judgement =>
    judge.broken(`${event.key} ${because}`, { clause, witness: [seq, event.seq] })
  if (event.from !== kind) return broken('b', `went ${event.to} from ${event.from}, but it was ${kind}`)
  if (event.to === 'half-open') {
    const waited = event.at - openedAt
    const resetMs = state.facts.breaker?.resetMs ?? 0
    if (kind !== 'open') return broken('b', `half-opened although it was ${kind}`)
    return waited < resetMs ? broken('b', `half-opened after ${waited} ms, not after ${resetMs} ms`) : judge.held
  }
  if (due?.to === event.to) return judge.held
  const clause = kind === 'closed' ? 'a' : 'b'
  return broken(clause, `went ${event.to} after ${breaker.failures} failures in a row, which is no reason for it`)
}
