/** Mutants that break nothing which a single run could show: each is known by a run of its kind, in which one thing is otherwise. */

import { withParts } from '../agent/agent.js'
import { decide } from '../agent/decide.js'
import { conclude } from '../agent/saga.js'
import type { RunState } from '../agent/state.js'
import type { Mutant } from './mutant.js'

export const relationMutants: readonly Mutant[] = [
  {
    name: 'answer-names-first-result',
    breaks: 'The answer of a run names the call of its last batch that came to an end first.',
    killedBy: ['result-order'],
    // One decision in two parts: what is remembered of a batch, and where it is told.
    change: (agent) => {
      const first = new WeakMap<RunState, string>()
      return withParts(agent, {
        decide: (state, rules, now) => {
          const [settled] = state.batch?.settled ?? []
          if (settled) first.set(state, settled.intent.call)
          return decide(state, rules, now)
        },
        conclude: (state, cause) => withWord(conclude(state, cause), first.get(state)),
      })
    },
  },
  {
    name: 'runs-counted-in-module',
    breaks: 'The answer of a run says how many runs its process has begun.',
    killedBy: ['session-isolation'],
    change: (agent) => {
      let begun = 0
      return withParts(agent, {
        decide: (state, rules, now) => {
          const action = decide(state, rules, now)
          if (action.kind === 'start') begun++
          return action
        },
        conclude: (state, cause) => withWord(conclude(state, cause), String(begun)),
      })
    },
  },
  {
    name: 'resumed-run-says-so',
    breaks: 'The answer of a run tells whether its process had to start again.',
    killedBy: ['resume-equivalence'],
    change: (agent) => {
      const resumed = new WeakSet<RunState>()
      return withParts(agent, {
        decide: (state, rules, now) => {
          const action = decide(state, rules, now)
          if (action.kind === 'resume') resumed.add(state)
          return action
        },
        conclude: (state, cause) => withWord(conclude(state, cause), resumed.has(state) ? 'resumed' : undefined),
      })
    },
  },
]

const withWord = <T extends { readonly text: string }>(end: T, word: string | undefined): T =>
  word === undefined ? end : { ...end, text: `${end.text} (${word})` }
