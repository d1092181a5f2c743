/** `retry-amplification`: nobody retries behind the back of who counts. Broken by a client that tries again inside each attempt. */

import { digest } from '../../core/digest.js'
import type { EventOf } from '../../core/event.js'
import type { Facts } from '../../core/history.js'
import type { Check } from '../invariant.js'

type Prompt = EventOf<'prompt-received'>

interface State {
  readonly facts: Facts
  /** Attempts by goal: a tool and its arguments. */
  readonly goals: Map<string, Goal>
  /** The model strayed: it may want one thing time and again. */
  strayed: boolean
  /** Requests under way, by site. */
  readonly sent: Map<string, { readonly name: string; readonly input: unknown }>
  /** What was sent, by request, when it failed. */
  readonly failed: Map<string, string>
  prompt: Prompt | undefined
  /** The last prompt whose answer failed. */
  failedPrompt: Prompt | undefined
}

interface Goal {
  attempts: number
  readonly calls: Set<string>
}

const isSame = (one: Prompt, other: Prompt): boolean =>
  one.turn === other.turn &&
  one.attempt === other.attempt &&
  one.incarnation === other.incarnation &&
  digest(one.messages) === digest(other.messages)

/** Failed self-corrections that a run may make. */
const maxCorrections = 3

export const retryAmplification: Check<State> = {
  name: 'retry-amplification',
  says: 'What is tried is bounded by attempts times corrections: no layer tries again inside another.',
  kind: 'safety',
  clauses: {
    a: 'a goal (a tool and its arguments) gets at most attempts x (1 + corrections) attempts in one run',
    b: 'one attempt sends a failed request once, and one attempt of a model call is one prompt',
  },
  usual: 'retry in one layer only: switch off the retries of SDKs and clients below it',
  mutant: 'retry-inside-retry',
  concerns: (facts) => facts.own && facts.retry !== undefined,
  start: (facts) => ({
    facts,
    goals: new Map(),
    strayed: false,
    sent: new Map(),
    failed: new Map(),
    prompt: undefined,
    failedPrompt: undefined,
  }),
  on: {
    'run-start': (state, _event, judge) => {
      state.goals.clear()
      return judge.skip
    },
    'model-strayed': (state, _event, judge) => {
      state.strayed = true
      return judge.skip
    },
    'attempt-start': (state, event, judge) => {
      const goal = `${event.tool} ${event.argsDigest}`
      const known = state.goals.get(goal) ?? { attempts: 0, calls: new Set<string>() }
      state.goals.set(goal, known)
      known.calls.add(event.call)
      const count = ++known.attempts
      const orders = state.strayed ? Math.max(known.calls.size, 1 + maxCorrections) : 1 + maxCorrections
      const most = (state.facts.retry?.attempts ?? 1) * orders
      if (count <= most) return event.attempt > 1 ? judge.held : judge.skip
      return judge.broken(`${event.tool} was tried ${count} times with the same arguments, not ${most}`, {
        tool: event.tool,
      })
    },
    'request-arrived': (state, event, judge) => {
      if (event.call === undefined) return judge.skip
      const name = `${event.call}/a${event.attempt}/${event.incarnation} ${event.backend}.${event.operation}`
      state.sent.set(event.site, { name, input: event.input })
      const before = state.failed.get(name)
      if (before === undefined || before !== digest(event.input)) return judge.skip
      const because = `one attempt (${event.call}/a${event.attempt}) sent ${event.backend}.${event.operation} again after it had failed`
      return judge.broken(because, { clause: 'b' })
    },
    'request-answered': (state, event, judge) => {
      const sent = state.sent.get(event.site)
      state.sent.delete(event.site)
      if (!sent || event.outcome === 'ok' || event.outcome === 'late') return judge.skip
      state.failed.set(sent.name, digest(sent.input))
      return judge.held
    },
    'prompt-received': (state, event, judge) => {
      state.prompt = event
      if (!state.failedPrompt || !isSame(state.failedPrompt, event)) return judge.skip
      return judge.broken(`the model was asked again in attempt ${event.attempt} of turn ${event.turn}`, {
        clause: 'b',
      })
    },
    'model-answered': (state, event, judge) => {
      const { prompt } = state
      if (event.complete || prompt?.turn !== event.turn || prompt.attempt !== event.attempt) return judge.skip
      state.failedPrompt = prompt
      return judge.held
    },
  },
}
