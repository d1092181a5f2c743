/** `context-safe`: prompts keep to their window and lose nothing that must stay. Broken by an agent that trims anywhere, never, or believes any summary. */

import type { EventOf } from '../../core/event.js'
import { strictPairing } from '../../core/pairing.js'
import type { Check } from '../invariant.js'
import type { Judge, Judgement } from '../judgement.js'

interface State {
  instructions: string
  goal: string
  /** The agent measures its prompts. */
  measured: boolean
  warned: number
  /** An exhausted compaction: no model call may follow. */
  exhausted: number | undefined
  /** Refusals for length in this turn, and whether something was let go since the last. */
  refused: { turn: number; times: number; seq: number; isMended: boolean }
  compacted: boolean
  /** What each result said when it was committed, by id, and which must be in every prompt. */
  readonly contents: Map<string, string>
  readonly kept: Map<string, number>
  last: readonly string[]
  /** Results that were replaced in a prompt, or withdrawn. */
  readonly replaced: Set<string>
  readonly withdrawn: Set<string>
}

export const contextSafe: Check<State> = {
  name: 'context-safe',
  says: 'A prompt keeps to its window and its budgets, and what is let go takes nothing with it that must stay.',
  kind: 'safety',
  clauses: {
    a: 'a prompt keeps to the window without its reserve, each segment to its budget',
    b: 'from 70 % on there is a warning, from 85 % on something is let go before the model is called, and a refusal for length is mended once',
    c: 'system, goal, open outcomes and the last turn stay, pairs stay whole, what was let go does not come back',
    d: 'an error is no summary',
    e: 'what tools and models said is never trusted more for being summarised',
  },
  usual:
    'measure every prompt, drop whole turns oldest first, pin system and goal, and check a summary before using it',
  mutant: 'trim-splits-pair',
  concerns: (facts) => facts.own,
  start: () => ({
    instructions: '',
    goal: '',
    measured: false,
    warned: 0,
    exhausted: undefined,
    refused: { turn: 0, times: 0, seq: 0, isMended: true },
    compacted: false,
    contents: new Map(),
    kept: new Map(),
    last: [],
    replaced: new Set(),
    withdrawn: new Set(),
  }),
  on: {
    'run-start': (state, event, judge) => {
      state.instructions = event.instructions
      state.goal = event.prompt
      return judge.skip
    },
    'batch-commit': (state, event, judge) => {
      state.last = event.results.map(({ id }) => id)
      for (const { id, content, outcome } of event.results) {
        state.contents.set(id, content)
        if (outcome === 'unknown') state.kept.set(id, event.seq)
      }
      return judge.skip
    },
    'context-warned': (state, event, judge) => {
      state.warned = event.turn
      return judge.held
    },
    'context-compacted': (state, event, judge) => judgeCompaction(state, event, judge),
    'context-built': (state, event, judge) => judgeBuilt(state, event, judge),
    'result-retracted': (state, event, judge) => {
      state.withdrawn.add(event.id)
      state.kept.delete(event.id)
      return judge.skip
    },
    'model-call-end': (state, event, judge) => {
      if (event.error?.class !== 'context-length') return judge.skip
      const times = state.refused.turn === event.turn ? state.refused.times + 1 : 1
      state.refused = { turn: event.turn, times, seq: event.seq, isMended: false }
      return judge.skip
    },
    'model-call-start': (state, event, judge) => judgeCall(state, event, judge),
    'prompt-received': (state, event, judge) => (state.measured ? judgePrompt(state, event, judge) : judge.skip),
  },
  met: (state) => state.measured,
}

function judgeCompaction(state: State, event: EventOf<'context-compacted'>, judge: Judge): Judgement {
  state.compacted = true
  state.exhausted = event.exhausted ? event.seq : undefined
  state.refused.isMended = true
  if (event.before * 100 >= 70 * event.limit && state.warned !== event.turn) {
    return judge.broken(
      `the prompt of turn ${event.turn} took ${share(event.before, event.limit)} and nothing warned`,
      {
        clause: 'b',
      },
    )
  }
  if (!event.exhausted && event.after * 100 >= 85 * event.limit) {
    const because = `after letting go, the prompt of turn ${event.turn} still took ${share(event.after, event.limit)}`
    return judge.broken(because, { clause: 'b' })
  }
  if (event.summary !== undefined && /^\s*$|^\s*([<{[]|(\w+)?(error|exception)\b)/i.test(event.summary)) {
    const because = `in turn ${event.turn} earlier turns were replaced by what is no summary: ${JSON.stringify(event.summary.slice(0, 60))}`
    return judge.broken(because, { clause: 'd' })
  }
  return judge.held
}

function judgeBuilt(state: State, event: EventOf<'context-built'>, judge: Judge): Judgement {
  state.measured = true
  const { turn, tokens, limit, segments } = event
  const over = segments.find((segment) => segment.tokens > (segment.budget ?? Number.POSITIVE_INFINITY))
  if (over) {
    const because = `the ${over.name} of turn ${turn} take ${over.tokens} tokens, more than their budget of ${over.budget}`
    return judge.broken(because, { clause: 'a' })
  }
  const sum = segments.reduce((total, segment) => total + segment.tokens, 0)
  if (tokens > limit || sum !== tokens) {
    const because = `the prompt of turn ${turn} is said to take ${tokens} of ${limit} tokens, its parts take ${sum}`
    return judge.broken(because, { clause: 'a' })
  }
  if (tokens * 100 >= 85 * limit || (tokens * 100 >= 70 * limit && state.warned !== turn)) {
    return judge.broken(`the prompt of turn ${turn} took ${share(tokens, limit)} and nothing was done`, { clause: 'b' })
  }
  const [calls, results] = (['history', 'toolResults'] as const).map(
    (name) => segments.find((segment) => segment.name === name)?.items ?? 0,
  )
  if (calls !== results) {
    return judge.broken(`the prompt of turn ${turn} was built with ${calls} calls and ${results} results`, {
      clause: 'c',
    })
  }
  const risen = segments.find(
    ({ name, trust }) => (name === 'history' || name === 'toolResults') && trust === 'trusted',
  )
  if (risen) return judge.broken(`the ${risen.name} of turn ${turn} count as trusted`, { clause: 'e' })
  return state.compacted ? judge.held : judge.skip
}

function judgeCall(state: State, event: EventOf<'model-call-start'>, judge: Judge): Judgement {
  if (state.exhausted !== undefined) {
    const because = `the model was called for turn ${event.turn} although no prompt that fits could be made`
    return judge.broken(because, { clause: 'b', witness: [state.exhausted, event.seq] })
  }
  const { turn, times, seq, isMended } = state.refused
  if (turn !== event.turn || (times === 1 && isMended)) return judge.skip
  const why =
    times > 1 ? 'for the third time, after two refusals for its length' : 'unchanged, after a refusal for its length'
  return judge.broken(`the prompt of turn ${turn} was sent ${why}`, { clause: 'b', witness: [seq, event.seq] })
}

function judgePrompt(state: State, event: EventOf<'prompt-received'>, judge: Judge): Judgement {
  const { messages, turn } = event
  const broken = (because: string): Judgement => judge.broken(`the prompt of turn ${turn} ${because}`, { clause: 'c' })
  const [system, goal] = messages
  if (system?.role !== 'system' || !system.text.startsWith(state.instructions))
    return broken('has lost its instructions')
  if (goal?.role !== 'user' || goal.text !== state.goal) return broken('has lost its goal')
  if (strictPairing(messages)?.kind.includes('-result')) return broken('parts a call from its result')
  const shown = new Map<string, string>()
  for (const message of messages) {
    if (message.role === 'tool') for (const { id, content } of message.results) shown.set(id, content)
  }
  for (const id of [...state.kept.keys(), ...state.last]) {
    if (!shown.has(id)) return broken(`has lost the result ${id}, which must stay`)
  }
  for (const [id, content] of shown) {
    const said = state.contents.get(id)
    if (said === undefined) continue
    if (content !== said) state.replaced.add(id)
    else if (state.withdrawn.has(id)) return broken(`shows the result ${id}, which was withdrawn`)
    else if (state.replaced.has(id)) return broken(`shows the result ${id} again, which had been let go`)
  }
  return state.compacted ? judge.held : judge.skip
}

const share = (tokens: number, limit: number): string => `${Math.floor((tokens * 100) / limit)} % of its window`
