/** `subagent-truth`: what a parent is told of a subagent is how it ended. Broken by a runtime that reports a child that was cut short as done. */

import { digest } from '../../core/digest.js'
import type { EventOf } from '../../core/event.js'
import type { Facts } from '../../core/history.js'
import type { Check } from '../invariant.js'
import type { Judge, Judgement } from '../judgement.js'

type Start = EventOf<'subagent-start'>
type End = EventOf<'subagent-end'>

interface State {
  readonly tokens: number
  readonly open: Map<string, Start>
  readonly ended: Map<string, End>
  spent: number
}

export const subagentTruth: Check<State> = {
  name: 'subagent-truth',
  says: 'A parent is told of each subagent once, as it ended, and sees nothing of it but its answer.',
  kind: 'safety',
  clauses: {
    a: 'only a subagent that ended naturally, with an answer, is ok',
    b: 'one report for each subagent, before its parent ends',
    c: 'what the parent takes for the answer is the answer',
    d: 'what the parent and its subagents take together stays within its budget',
    e: 'the session of each subagent keeps every promise by itself',
  },
  usual: 'let the final status of the subagent decide what its parent is told, and wait for it before the parent ends',
  mutant: 'cut-child-completed',
  concerns: (facts) => facts.own,
  start: (facts) => ({ tokens: boundOf(facts), open: new Map(), ended: new Map(), spent: 0 }),
  on: {
    'subagent-start': (state, event, judge) => {
      if (state.open.has(event.call) || state.ended.has(event.call)) {
        return judge.broken(`the subagent of ${event.call} was started twice`, { clause: 'b' })
      }
      state.open.set(event.call, event)
      return judge.skip
    },
    'subagent-end': judgeEnd,
    'call-settled': judgeSettled,
    'run-end': (state, event, judge) => {
      const [open] = state.open.values()
      if (!open) return state.ended.size > 0 && event.status !== 'completed' ? judge.held : judge.skip
      const because = `the run ended (${event.status}) while its subagent ${open.tool} (${open.call}) had not`
      return judge.broken(because, { clause: 'b', witness: [open.seq, event.seq], tool: open.tool })
    },
    'budget-charged': (state, event, judge) => spend(state, event.tokens, judge),
    'subagent-broke': (_state, { session, invariant, because }, judge) =>
      judge.broken(`${session} broke ${invariant}: ${because}`, { clause: 'e' }),
  },
  met: (state) => state.open.size > 0 || state.ended.size > 0,
}

const boundOf = ({ budget }: Facts): number => budget?.tokens ?? Number.POSITIVE_INFINITY

function judgeEnd(state: State, event: End, judge: Judge): Judgement {
  const start = state.open.get(event.call)
  if (!start) return judge.broken(`the subagent of ${event.call} ended twice, or never began`, { clause: 'b' })
  state.open.delete(event.call)
  state.ended.set(event.call, event)
  return spend(state, event.tokens, judge)
}

function spend(state: State, tokens: number, judge: Judge): Judgement {
  state.spent += tokens
  if (state.spent <= state.tokens) return judge.skip
  const because = `the run and its subagents took ${state.spent} tokens of a budget of ${state.tokens}`
  return judge.broken(because, { clause: 'd' })
}

function judgeSettled(state: State, event: EventOf<'call-settled'>, judge: Judge): Judgement {
  const child = state.ended.get(event.call)
  if (!child) return judge.skip
  const witness = [child.seq, event.seq]
  const isNatural = child.status === 'completed' && child.output !== digest('')
  if (event.outcome !== 'ok') return isNatural ? judge.skip : judge.held
  if (!isNatural) {
    const because = `the parent was told that ${event.tool} (${event.call}) is done, but it ended as ${child.status}, ${child.reason}`
    return judge.broken(because, { clause: 'a', witness, tool: event.tool })
  }
  const { answer } = (event.value ?? {}) as { answer?: unknown }
  if (digest(answer as string) === child.output) return judge.held
  const because = `what the parent took for the answer of ${event.tool} (${event.call}) is not what it said`
  return judge.broken(because, { clause: 'c', witness, tool: event.tool })
}
