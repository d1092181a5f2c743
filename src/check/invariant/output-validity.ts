/** `output-validity`: only what a tool declares to give counts as its success. Broken by an agent that shows the model an error page as a value. */

import type { EventOf } from '../../core/event.js'
import type { Facts } from '../../core/history.js'
import type { Check } from '../invariant.js'
import type { Judge, Judgement } from '../judgement.js'
import { isNested } from '../proposed-calls.js'
import { toolFacts } from '../tool-facts.js'

interface State {
  readonly facts: Facts
  /** Values that are not what their tool declares, by call and attempt. */
  readonly garbage: Map<string, EventOf<'tool-returned'>>
  met: boolean
}

export const outputValidity: Check<State> = {
  name: 'output-validity',
  says: 'A value that is not what its tool declares is an error, and of a write an open question; it is never a success.',
  kind: 'safety',
  clauses: {
    a: 'an attempt that ended ok has a value which the output schema of its tool takes',
    b: 'garbage from a write leaves open whether it took effect',
  },
  usual: 'check each result against the output schema before anybody believes it',
  mutant: 'output-unchecked',
  concerns: (facts) => facts.own && facts.nested !== true,
  start: (facts) => ({ facts, garbage: new Map(), met: false }),
  on: {
    'tool-returned': (state, event, judge) => {
      if (event.outcome !== 'ok' || event.value === undefined || isNested(event.call)) return judge.skip
      if (toolFacts(state.facts, event.tool)?.gives?.(event.value) !== false) return judge.skip
      state.garbage.set(`${event.call}/${event.attempt}`, event)
      return judge.skip
    },
    'attempt-end': (state, event, judge) => {
      if (state.garbage.size === 0) return judge.skip
      const garbage = state.garbage.get(`${event.call}/${event.attempt}`)
      return garbage ? judgeGarbage(state, garbage, event, judge) : judge.skip
    },
  },
  met: (state) => state.met,
}

const longest = 60

function judgeGarbage(
  state: State,
  garbage: EventOf<'tool-returned'>,
  event: EventOf<'attempt-end'>,
  judge: Judge,
): Judgement {
  state.met = true
  const { tool, call, attempt, outcome } = event
  const witness = [garbage.seq, event.seq]
  if (outcome === 'ok') {
    const value = JSON.stringify(garbage.value).slice(0, longest)
    const because = `attempt ${attempt} of ${tool} (${call}) ended ok with ${value}, which is not what the tool declares to give`
    return judge.broken(because, { clause: 'a', witness, tool })
  }
  if (outcome === 'failed' && toolFacts(state.facts, tool)?.effect !== 'read') {
    const because = `attempt ${attempt} of ${tool} (${call}) gave garbage and is said to have failed: its effect may be there`
    return judge.broken(because, { clause: 'b', witness, tool })
  }
  return judge.held
}
