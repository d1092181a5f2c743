/** `rate-limit-liveness`: a rate limit refuses only what it must. Broken by a window that forgets to move on. */

import type { Check } from '../invariant.js'
import { admittedSince, minuteMs, noWindows, takeAdmission, type WindowsSeen } from '../windows-seen.js'

/** Between the refusal and its record: the store may be slow and fail meanwhile. */
const slackMs = 30_000

interface State extends WindowsSeen {
  /** A call was refused by a limit. */
  refused: boolean
  /** Tools that admit no call at all, by the calls of the open batch. */
  readonly hopeless: Map<string, string>
}

export const rateLimitLiveness: Check<State> = {
  name: 'rate-limit-liveness',
  says: 'A rate limit refuses a call only when its minute is full, and says so at once.',
  kind: 'safety',
  clauses: {
    a: 'no call is refused while the last minute holds fewer than the declared number',
    b: 'a call that can never be admitted is refused at once, and waits for nothing',
  },
  usual: 'let old admissions leave the window, and refuse at once what can never be admitted',
  mutant: 'window-never-moves',
  concerns: (facts) => facts.own && facts.tools.some((tool) => tool.rateLimitPerMinute !== undefined),
  start: (facts) => ({ refused: false, hopeless: new Map(), ...noWindows(facts) }),
  on: {
    'run-start': (state, _event, judge) => {
      state.admitted.clear()
      return judge.skip
    },
    'limiter-admitted': (state, event, judge) => {
      takeAdmission(state, event)
      return judge.skip
    },
    'batch-open': (state, event, judge) => {
      state.hopeless.clear()
      for (const { call, tool } of event.calls) if (state.limits.get(tool) === 0) state.hopeless.set(call, tool)
      return judge.skip
    },
    'run-waiting': (state, event, judge) => {
      const waiting = event.calls.find(({ call }) => state.hopeless.has(call))
      if (!waiting) return judge.skip
      const tool = state.hopeless.get(waiting.call)
      return judge.broken(`${tool} admits no call, and ${waiting.call} waits to be admitted`, { clause: 'b', tool })
    },
    'call-rejected': (state, event, judge) => {
      const limit = state.limits.get(event.tool)
      if (event.error.class !== 'rate-limited' || limit === undefined) return judge.skip
      state.refused = true
      const recent = admittedSince(state, event.tool, event.vt - minuteMs - slackMs)
      if (recent.length >= limit) return judge.held
      const because = `${event.tool} (${event.call}) was refused although only ${recent.length} of ${limit} calls were admitted in the last minute`
      return judge.broken(because, { clause: 'a', witness: [event.seq], tool: event.tool })
    },
  },
  met: ({ refused }) => refused,
}
