/** `fault-accounting`: what went wrong shows. Broken by a runtime that turns a lost connection into an empty result. */

import type { EventOf } from '../../core/event.js'
import type { Json } from '../../core/json.js'
import type { Check } from '../invariant.js'
import type { Judge, Judgement } from '../judgement.js'

/** Faults that a tool cannot but notice. Slowness, order and garbage that its schema allows leave no error behind. */
const loud = new Set([
  'tool/error',
  'tool/rate-limited',
  'tool/timeout-before-effect',
  'tool/timeout-after-effect',
  'tool/partial-effect',
  'transport/refused',
  'transport/reset',
  'transport/id-collide',
])

interface State {
  readonly planned: Set<string>
  readonly injected: Set<string>
  /** The last loud fault of an attempt, by its lane, unless a later request of it was answered well. */
  readonly unanswered: Map<string, EventOf<'fault-landed'>>
}

const nameOf = ({ fault, site }: { readonly fault: string; readonly site: string }): string => `${fault} ${site}`

export const faultAccounting: Check<State> = {
  name: 'fault-accounting',
  says: 'A failure of a service shows: in how the attempt ended, or in what the tool made of it.',
  kind: 'safety',
  clauses: {
    a: 'an attempt whose service failed does not end ok and empty-handed',
    b: 'faults that landed were injected, and faults that were injected were planned',
  },
  usual: 'let an error of a service end the attempt as an error, never as an empty result',
  mutant: 'swallowed-exception',
  concerns: (facts) => facts.own,
  start: () => ({ planned: new Set(), injected: new Set(), unanswered: new Map() }),
  on: {
    'fault-planned': (state, event, judge) => {
      state.planned.add(nameOf(event))
      return judge.skip
    },
    'fault-injected': (state, event, judge) => {
      state.injected.add(nameOf(event))
      if (state.planned.has(nameOf(event))) return judge.skip
      return judge.broken(`${event.fault} was injected at ${event.site} without a plan`, { clause: 'b' })
    },
    'fault-landed': (state, event, judge) => {
      if (loud.has(event.fault)) state.unanswered.set(event.lane, event)
      if (state.injected.has(nameOf(event))) return judge.skip
      return judge.broken(`${event.fault} landed at ${event.site} and was never injected`, { clause: 'b' })
    },
    'request-answered': (state, event, judge) => {
      if (event.outcome === 'ok') state.unanswered.delete(event.lane)
      return judge.skip
    },
    crash: (state, _event, judge) => {
      state.unanswered.clear()
      return judge.skip
    },
    'attempt-end': judgeEnd,
  },
}

function judgeEnd(state: State, event: EventOf<'attempt-end'>, judge: Judge): Judgement {
  const lane = `${event.call}/a${event.attempt}`
  const fault = state.unanswered.get(lane)
  if (!fault) return judge.skip
  state.unanswered.delete(lane)
  if (event.outcome !== 'ok' || !isEmpty(event.value)) return judge.held
  const because = `${event.tool} (${event.call}) ended ok and empty, although ${fault.fault} had hit it`
  return judge.broken(because, { clause: 'a', witness: [fault.seq, event.seq], tool: event.tool })
}

const isEmpty = (value: Json | undefined): boolean =>
  value === undefined ||
  value === null ||
  value === '' ||
  (typeof value === 'object' && Object.keys(value).length === 0)
