/** `budget-safety`: what is spent was there. Broken by a runtime that sets nothing aside before it asks. */

import type { EventOf } from '../../core/event.js'
import type { Facts } from '../../core/history.js'
import type { Check } from '../invariant.js'
import type { Judge, Judgement } from '../judgement.js'

interface State {
  readonly limits: { readonly tokens: number; readonly cost: number }
  spent: { tokens: number; cost: number }
  reserved: EventOf<'budget-reserved'> | undefined
  answered: EventOf<'model-call-end'> | undefined
}

const limitsOf = ({ budget }: Facts): State['limits'] => ({
  tokens: budget?.tokens ?? Number.POSITIVE_INFINITY,
  cost: budget?.cost ?? Number.POSITIVE_INFINITY,
})

export const budgetSafety: Check<State> = {
  name: 'budget-safety',
  says: 'A model call is made only when the budget holds the most it may take, and everything it took is charged.',
  kind: 'safety',
  clauses: {
    a: 'what is spent and set aside stays within the budget; 0 means none',
    d: 'what a response used is charged, of failed attempts too',
  },
  usual: 'reserve before the call, charge after it, and keep both in durable state',
  mutant: 'charge-after-launch',
  concerns: (facts) => facts.own && facts.budget !== undefined,
  start: (facts) => ({
    limits: limitsOf(facts),
    spent: { tokens: 0, cost: 0 },
    reserved: undefined,
    answered: undefined,
  }),
  on: {
    'run-start': (state, _event, judge) => {
      state.spent = { tokens: 0, cost: 0 }
      state.reserved = state.answered = undefined
      return judge.skip
    },
    'budget-reserved': (state, event, judge) => {
      state.reserved = event
      for (const kind of ['tokens', 'cost'] as const) {
        const total = state.spent[kind] + event[kind]
        if (total <= state.limits[kind] && state.limits[kind] > 0) continue
        const because = `turn ${event.turn} set ${event[kind]} ${kind} aside with ${state.spent[kind]} of ${state.limits[kind]} spent`
        return judge.broken(because, { clause: 'a' })
      }
      return judge.held
    },
    'model-call-start': (state, event, judge) => {
      const { reserved } = state
      if (reserved?.turn === event.turn && reserved.attempt === event.attempt) return judge.skip
      return judge.broken(`turn ${event.turn} asked the model with nothing set aside for it`, { clause: 'a' })
    },
    'model-call-end': (state, event, judge) => {
      const before = state.answered
      state.answered = event
      if (!before || before.usage.inputTokens + before.usage.outputTokens === 0) return judge.skip
      return judge.broken(`what the model used in turn ${before.turn} was never charged`, {
        clause: 'd',
        witness: [before.seq],
      })
    },
    'budget-charged': judgeCharge,
  },
}

function judgeCharge(state: State, event: EventOf<'budget-charged'>, judge: Judge): Judgement {
  const { answered } = state
  state.spent.tokens += event.tokens
  state.spent.cost += event.cost
  state.answered = undefined
  const used = answered ? answered.usage.inputTokens + answered.usage.outputTokens : 0
  if (used === 0 || used === event.tokens) return judge.held
  const because = `turn ${event.turn} used ${used} tokens and was charged ${event.tokens}`
  return judge.broken(because, { clause: 'd', witness: [answered?.seq ?? event.seq, event.seq] })
}
