/** `rate-limit-safety`: no minute holds more calls of a tool than it admits. Broken by a window that a restart empties. */

import type { EventOf } from '../../core/event.js'
import type { Facts } from '../../core/history.js'
import type { Check } from '../invariant.js'
import type { Judge, Judgement } from '../judgement.js'
import { isNested } from '../proposed-calls.js'
import { admittedSince, minuteMs, noWindows, takeAdmission, type WindowsSeen } from '../windows-seen.js'

interface State extends WindowsSeen {
  readonly facts: Facts
  readonly inFlight: Set<string>
}

export const rateLimitSafety: Check<State> = {
  name: 'rate-limit-safety',
  says: 'No minute admits more calls of a tool than its rate limit, and no moment more attempts than may be in flight.',
  kind: 'safety',
  clauses: {
    a: 'in every span of 60 s at most the declared number of calls is admitted, over restarts too; 0 admits none',
    b: 'no call of a limited tool starts that was not admitted',
    c: 'attempts in flight stay within the declared concurrency',
  },
  usual: 'keep the window in durable state, on the monotonic clock, and ask it before the first attempt of a call',
  mutant: 'window-in-memory',
  concerns: (facts) => facts.own && facts.limits !== undefined,
  start: (facts) => ({ facts, inFlight: new Set(), ...noWindows(facts) }),
  on: {
    'run-start': (state, _event, judge) => {
      state.admitted.clear()
      state.inFlight.clear()
      return judge.skip
    },
    crash: (state, _event, judge) => {
      state.inFlight.clear()
      return judge.skip
    },
    'limiter-admitted': (state, event, judge) => {
      const { tool } = event
      takeAdmission(state, event)
      const recent = admittedSince(state, tool, event.at - minuteMs)
      const limit = state.limits.get(tool)
      if (limit === undefined || recent.length <= limit) return judge.held
      const because = `${recent.length} calls of ${tool} were admitted within a minute, not ${limit}`
      return judge.broken(because, { clause: 'a', witness: recent.map(({ seq }) => seq), tool })
    },
    'attempt-start': judgeStart,
    'attempt-end': (state, event, judge) => {
      state.inFlight.delete(event.call)
      return judge.skip
    },
  },
  // The concurrency alone is met by being reached, and then it was judged.
  met: ({ admitted }) => admitted.size > 0,
}

function judgeStart(state: State, event: EventOf<'attempt-start'>, judge: Judge): Judgement {
  const { call, tool, attempt } = event
  // A subagent has a limit of its own.
  if (isNested(call)) return judge.skip
  state.inFlight.add(call)
  const most = state.facts.limits?.inFlight ?? Number.POSITIVE_INFINITY
  if (state.inFlight.size > most) {
    return judge.broken(`${state.inFlight.size} attempts were in flight at once, not ${most}`, { clause: 'c', tool })
  }
  if (attempt > 1 || !state.limits.has(tool)) return state.inFlight.size === most ? judge.held : judge.skip
  if (state.admitted.get(tool)?.some((one) => one.call === call)) return judge.held
  return judge.broken(`${tool} (${call}) started without being admitted by its rate limit`, { clause: 'b', tool })
}
