/** `sibling-isolation`: what one call of a batch achieved is kept, whatever becomes of the others. Broken by an agent that fails fast. */

import type { EventOf } from '../../core/event.js'
import type { Message } from '../../core/message.js'
import type { Check } from '../invariant.js'
import { type IssuedValues, noteIssued, rendered, shownOf, tells } from '../issued-values.js'
import type { Judge, Judgement } from '../judgement.js'
import { sharedPrefix } from '../prompt-prefix.js'
import { isNested, noProposals, noteAnswer, type ProposedCalls, turnsShown } from '../proposed-calls.js'

interface State {
  readonly own: boolean
  /** Calls of the open batch that have a good result, and the event that says so. */
  readonly done: Map<string, number>
  /** Calls that have not. Elsewhere: of all batches. */
  readonly undone: Set<string>
  readonly issued: IssuedValues
  readonly proposals: ProposedCalls
  messages: readonly Message[]
  mixed: boolean
}

export const siblingIsolation: Check<State> = {
  name: 'sibling-isolation',
  says: 'The result of a call is kept, whatever becomes of the other calls of its batch.',
  kind: 'safety',
  clauses: {
    a: 'a call that ended ok before its batch was over is committed, and shown, with its own good result',
  },
  usual:
    'settle every call of a batch by itself (allSettled, not all): a failure is the result of one call, not of all',
  mutant: 'fail-fast-batch',
  concerns: () => true,
  start: (facts) => ({
    own: facts.own,
    done: new Map(),
    undone: new Set(),
    issued: new Map(),
    proposals: noProposals(),
    messages: [],
    mixed: false,
  }),
  on: {
    'batch-open': (state, _event, judge) => {
      state.done.clear()
      state.undone.clear()
      return judge.skip
    },
    'attempt-end': (state, event, judge) => {
      if (event.outcome === 'ok') state.done.set(event.call, event.seq)
      return judge.skip
    },
    'call-rejected': fail,
    'call-settled': (state, event, judge) => (event.outcome === 'ok' ? judge.skip : fail(state, event, judge)),
    'batch-commit': judgeCommit,
    'model-answered': (state, event, judge) => {
      if (!state.own) noteAnswer(state.proposals, event)
      return judge.skip
    },
    'tool-returned': (state, event, judge) => {
      if (state.own) return judge.skip
      if (event.outcome === 'ok') noteIssued(state.issued, event)
      else fail(state, event, judge)
      return judge.skip
    },
    'prompt-received': (state, event, judge) => {
      if (state.own) return judge.skip
      const from = sharedPrefix(state.messages, event.messages)
      state.messages = event.messages
      return state.undone.size === 0 ? judge.skip : judgePrompt(state, event, from, judge)
    },
  },
  met: (state) => state.mixed,
}

function fail(state: State, { call }: { readonly call: string }, judge: Judge): Judgement {
  if (!isNested(call)) state.undone.add(call)
  return judge.skip
}

function judgeCommit(state: State, event: EventOf<'batch-commit'>, judge: Judge): Judgement {
  const outcomes = new Map(event.results.map(({ call, outcome }) => [call, outcome]))
  let kept = 0
  for (const [call, seq] of state.done) {
    if (isNested(call)) continue
    kept++
    const outcome = outcomes.get(call)
    if (outcome === 'ok') continue
    const because = `${call} had ended ok, and its batch was committed with ${outcome === undefined ? 'no result' : `the outcome ${outcome}`} for it`
    return judge.broken(because, { clause: 'a', witness: [seq, event.seq] })
  }
  if (kept === 0 || state.undone.size === 0) return judge.skip
  state.mixed = true
  return judge.held
}

/** Elsewhere: a good result that stands there as the failure of another call. */
function judgePrompt(state: State, event: EventOf<'prompt-received'>, from: number, judge: Judge): Judgement {
  let answer = judge.skip
  for (let at = Math.max(1, from); at < event.messages.length; at++) {
    const [before, now] = [event.messages[at - 1]!, event.messages[at]!]
    if (now.role !== 'tool' || before.role !== 'assistant' || now.results.length !== before.calls.length) continue
    const [turn, ...others] = turnsShown(state.proposals, before.calls)
    if (turn === undefined || others.length > 0) continue
    const shown = before.calls.map(({ id }) => now.results.find((result) => result.id === id))
    const paths = shown.map((_, index) => `t${turn}.c${index}`)
    const failures = new Set(shown.flatMap((one, index) => (one && state.undone.has(paths[index]!) ? one.content : [])))
    if (failures.size === 0) continue
    for (const [index, result] of shown.entries()) {
      const path = paths[index]!
      const value = state.undone.has(path) ? undefined : state.issued.get(path)?.[0]
      if (!result || !value || !tells(rendered(value.value))) continue
      state.mixed = true
      answer = judge.held
      const isLost = result.outcome === 'failed' || failures.has(result.content)
      if (!isLost || shownOf(state.issued, path, result.content)) continue
      const because = `${result.tool || path} returned a value, and the model is shown that it failed, as another call of its batch did`
      return judge.broken(because, { clause: 'a', witness: [value.seq, event.seq], tool: result.tool })
    }
  }
  return answer
}
