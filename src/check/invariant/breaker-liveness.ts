/** `breaker-liveness`: a breaker gives a service its chance again. Broken by one whose probe's place is never freed. */

import type { EventOf } from '../../core/event.js'
import {
  attemptName,
  type BreakerSeen,
  type BreakersSeen,
  breakerOfTool,
  noBreakers,
  startAgain,
  takeEnd,
  takeMove,
} from '../breakers-seen.js'
import type { Check } from '../invariant.js'
import { turnOf } from '../proposed-calls.js'

/** Between the refusal and its record: the store may be slow and fail meanwhile. */
const slackMs = 30_000

export const breakerLiveness: Check<BreakersSeen> = {
  name: 'breaker-liveness',
  says: 'Once its time is up, an open breaker lets a probe through, whatever became of the probe before.',
  kind: 'liveness',
  clauses: { a: 'no call is refused by a breaker whose time is up while no probe is in flight' },
  usual: 'free the place of a probe however it ends, and measure the pause on the monotonic clock',
  mutant: 'probe-slot-leak',
  concerns: (facts) => facts.own && facts.breaker !== undefined,
  start: noBreakers,
  on: {
    'run-start': startAgain,
    'attempt-start': (state, event, judge) => {
      const breaker = breakerOfTool(state, event.tool)
      state.attempts.set(attemptName(event), breaker.generation)
      if (breaker.kind !== 'half-open') return judge.skip
      breaker.probe ??= attemptName(event)
      state.asked = true
      return judge.held
    },
    'attempt-end': (state, event, judge) => {
      takeEnd(state, event)
      return judge.skip
    },
    'breaker-moved': (state, event, judge) => {
      takeMove(state, event)
      return judge.skip
    },
    'call-settled': (state, event, judge) => {
      if (event.error?.class !== 'breaker-open') return judge.skip
      state.asked = true
      const breaker = breakerOfTool(state, event.tool)
      const isUp = event.vt - breaker.openedAt >= (state.facts.breaker?.resetMs ?? 0) + slackMs
      if (!isUp || isBeside(breaker, event) || breaker.kind === 'closed' || breaker.probe !== undefined)
        return judge.held
      const because = `${event.tool} (${event.call}) was refused by a breaker whose time was up and which had no probe in flight`
      return judge.broken(because, { clause: 'a', witness: [breaker.seq, event.seq], tool: event.tool })
    },
  },
  met: ({ asked }) => asked,
}

/** A call of the probe's own batch may have been refused while the probe ran, and be recorded after its end. */
function isBeside({ freed }: BreakerSeen, { call, vt }: EventOf<'call-settled'>): boolean {
  return freed !== undefined && turnOf(freed.probe) === turnOf(call) && vt - freed.vt < slackMs
}
