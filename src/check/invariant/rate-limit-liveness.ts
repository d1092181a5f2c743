/** `rate-limit-liveness`: a rate limit refuses only what it must. Broken by a window that forgets to move on. */

import type { Check } from '../invariant.js'
import { admittedSince, minuteMs, noWindows, takeAdmission, type WindowsSeen } from '../windows-seen.js'

/** Between the refusal and its record: the store may be slow and fail meanwhile. */
const slackMs = 30_000

interface State extends WindowsSeen {
  /** A call was refused by a limit. */
  refused: boolean
}

export const rateLimitLiveness: Check<State> = {
  name: 'rate-limit-liveness',
  says: 'A rate limit refuses a call only when its minute is full, and says so at once.',
  kind: 'safety',
  clauses: { a: 'no call is refused while the last minute holds fewer than the declared number' },
  usual: 'let old admissions leave the window, and refuse at once what can never be admitted',
  mutant: 'window-never-moves',
  concerns: (facts) => facts.own && facts.tools.some((tool) => tool.rateLimitPerMinute !== undefined),
  start: (facts) => ({ ...noWindows(facts), refused: false }),
  on: {
    'run-start': (state, _event, judge) => {
      state.admitted.clear()
      return judge.skip
    },
    'limiter-admitted': (state, event, judge) => {
      takeAdmission(state, event)
      return judge.skip
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
