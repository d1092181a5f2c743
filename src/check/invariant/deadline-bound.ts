/** `deadline-bound`: nothing takes longer than it may. Broken by an agent that looks at the time between turns alone. */

import type { EventOf } from '../../core/event.js'
import type { Facts } from '../../core/history.js'
import type { Check } from '../invariant.js'
import type { Judge, Judgement } from '../judgement.js'
import { lastedMs } from '../lasted.js'
import { toolFacts } from '../tool-facts.js'

/** Between the end of an attempt and its record. */
const graceMs = 5_000
/** How long trouble of the store, the process or its clocks may show in when things are recorded. */
const shadowMs = 600_000

interface State {
  readonly facts: Facts
  readonly open: Map<string, EventOf<'attempt-start'>>
  /** When the store, the process or a clock last misbehaved. */
  troubled: number
  /** When the store last took a record. */
  acknowledged: number
  met: boolean
}

export const deadlineBound: Check<State> = {
  name: 'deadline-bound',
  says: 'An attempt takes no longer than its tool may, even if nobody ever answers it.',
  kind: 'safety',
  clauses: {
    a: 'an attempt ends within the time of its tool, whatever the tool does',
    b: 'a tool whose time is 0 sends nothing: its time is up before it begins',
  },
  usual: 'race every call of a tool against a timer of its own, and abort what loses',
  mutant: 'no-tool-timeout',
  concerns: (facts) => facts.own && facts.nested !== true,
  start: (facts) => ({ facts, open: new Map(), troubled: Number.NEGATIVE_INFINITY, acknowledged: 0, met: false }),
  on: {
    'fault-planned': noteTrouble,
    'fault-landed': noteTrouble,
    'append-acknowledged': (state, { vt }, judge) => {
      state.acknowledged = vt
      return judge.skip
    },
    crash: (state, _event, judge) => {
      state.open.clear()
      return judge.skip
    },
    'attempt-start': (state, event, judge) => {
      state.open.set(`${event.call}/${event.attempt}`, event)
      return judge.skip
    },
    'request-arrived': judgeRequest,
    'attempt-end': judgeEnd,
  },
  met: (state) => state.met,
}

const shadowed = /^(store|process|clock)\//

function noteTrouble(state: State, event: EventOf<'fault-planned' | 'fault-landed'>, judge: Judge): Judgement {
  if (shadowed.test(event.fault)) state.troubled = event.vt
  return judge.skip
}

function judgeRequest(state: State, event: EventOf<'request-arrived'>, judge: Judge): Judgement {
  const start = state.open.get(`${event.call}/${event.attempt}`)
  if (!start || toolFacts(state.facts, start.tool)?.timeoutMs !== 0) return judge.skip
  const because = `${start.tool} (${start.call}) may take no time at all, and called ${event.backend}.${event.operation}`
  return judge.broken(because, { clause: 'b', witness: [start.seq, event.seq], tool: start.tool })
}

function judgeEnd(state: State, event: EventOf<'attempt-end'>, judge: Judge): Judgement {
  const { call, tool, attempt } = event
  const start = state.open.get(`${call}/${attempt}`)
  state.open.delete(`${call}/${attempt}`)
  const timeoutMs = toolFacts(state.facts, tool)?.timeoutMs
  if (!start || timeoutMs === undefined || start.incarnation !== event.incarnation) return judge.skip
  if (start.vt - state.troubled < shadowMs) return judge.skip
  const took = lastedMs(event, start.vt, state.acknowledged)
  if (took > timeoutMs + graceMs) {
    const because = `attempt ${attempt} of ${tool} (${call}) took ${took} ms, and may take ${timeoutMs}`
    return judge.broken(because, { clause: 'a', witness: [start.seq, event.seq], tool })
  }
  if (event.error?.class !== 'timeout') return judge.skip
  state.met = true
  return judge.held
}
