/** `time-discipline`: what is measured is measured by a clock that nobody sets. Broken by an agent whose deadlines read the wall clock. */

import { canonical } from '../../core/json.js'
import type { CameOut } from '../../core/world-event.js'
import type { Check } from '../invariant.js'

interface State {
  /** The last time that somebody looked at a clock that had been set. */
  misled: number | undefined
  arose: boolean
}

export const timeDiscipline: Check<State> = {
  name: 'time-discipline',
  says: 'Deadlines, waits and windows do not move with the wall clock: a run ends as it would have, had that clock been right.',
  kind: 'safety',
  clauses: {
    a: 'the same trial with the wall clock right ends in the same way, and does the same things as often',
  },
  usual:
    'measure what elapses with a monotonic clock (performance.now, timers); keep the wall clock for people to read',
  mutant: 'wall-clock-deadlines',
  concerns: () => true,
  start: () => ({ misled: undefined, arose: false }),
  on: {
    'fault-landed': (state, { fault, seq }, judge) => {
      if (fault === 'clock/jump') state.misled = seq
      return judge.skip
    },
    'clock-compared': (state, { wrong, right, seq }, judge) => {
      state.arose = true
      if (canonical(wrong) === canonical(right)) return judge.held
      const because = `with its wall clock wrong the run ${told(wrong)}; with that clock right, and nothing else changed, it ${told(right)}`
      return judge.broken(because, { witness: [state.misled ?? seq, seq] })
    },
  },
  met: (state) => state.arose,
}

function told({ status, reason, effects }: CameOut): string {
  const done = Object.entries(effects).map(([name, times]) => (times === 1 ? name : `${name} ${times} times`))
  return `ended ${status} (${reason}) after ${done.sort().join(', ') || 'no effect'}`
}
