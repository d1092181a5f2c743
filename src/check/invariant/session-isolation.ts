/** `session-isolation`: what another session was given turns up nowhere in this one. Broken by a runtime that keeps a session's state where all find it. */

import type { EventOf } from '../../core/event.js'
import type { Json } from '../../core/json.js'
import type { Message } from '../../core/message.js'
import { judgeCompared } from '../compared.js'
import type { Check } from '../invariant.js'
import { rendered } from '../issued-values.js'
import type { Judge, Judgement } from '../judgement.js'
import { sharedPrefix } from '../prompt-prefix.js'

interface Other {
  readonly session: string
  /** Undefined: it is the id of the session, which is nobody else's whatever a run is begun with. */
  readonly call: string | undefined
}

interface State {
  /** What only the others were given, by nonce. */
  readonly foreign: Map<string, Other>
  /** What this session was begun with or given, or its model said: read only where a nonce is in question. */
  readonly own: unknown[]
  /** Whether any of it is the id of a session. */
  hasIds: boolean
  /** Who started a call under a key. */
  readonly keys: Map<string, Other>
  readonly ownKeys: Set<string>
  messages: readonly Message[]
}

const relations = { 'alone-or-beside': 'c' }

export const sessionIsolation: Check<State> = {
  name: 'session-isolation',
  says: 'Nothing that another session was given turns up in this one, and no two share a key.',
  kind: 'safety',
  clauses: {
    a: 'no prompt, request, line of a log or answer shows what another session alone was given',
    b: 'no call carries an idempotency key of another session',
    c: 'a session comes to the same with others beside it as alone',
  },
  usual:
    'keep what belongs to a session in its own state or under its name, never in a module or an object that sessions share',
  mutant: 'module-level-session',
  relations,
  concerns: () => true,
  start: () => ({ foreign: new Map(), own: [], hasIds: false, keys: new Map(), ownKeys: new Set(), messages: [] }),
  on: {
    'trials-compared': (_state, event, judge) => judgeCompared(event, relations, judge),
    'issued-beside': noteForeign,
    'tool-returned': (state, { value }, judge) => noteOwn(state, value, judge),
    'model-answered': (state, { text, calls }, judge) => noteOwn(state, [text, calls], judge),
    'attempt-start': (state, { key, call, tool }, judge) => {
      state.ownKeys.add(key)
      return judgeKey(state, key, call, tool, judge)
    },
    'prompt-received': (state, { messages }, judge) => {
      const before = state.messages
      state.messages = messages
      // What the run was begun with is its own.
      if (before.length === 0) noteOwn(state, messages, judge)
      if (before.length === 0 ? !state.hasIds : state.foreign.size === 0) return judge.skip
      return shown(state, 'a prompt', messages.slice(sharedPrefix(before, messages)), judge)
    },
    'request-arrived': (state, { backend, operation, input }, judge) =>
      shown(state, `what was sent to ${backend}.${operation}`, input, judge),
    'line-logged': (state, { sink, text, result }, judge) =>
      shown(state, `a line of the log ${sink}`, [text, result ?? ''], judge),
    'run-end': (state, { text }, judge) => shown(state, 'the answer of the run', text, judge),
  },
  met: (state) => state.foreign.size > 0 || state.keys.size > 0,
}

/** As the services of this world stamp what they give out. */
const nonces = /_[0-9a-f]{8}(?![0-9a-zA-Z])/g

const noncesIn = (value: unknown): readonly string[] => rendered(value).match(nonces) ?? []

function noteOwn({ own }: State, value: unknown, judge: Judge): Judgement {
  own.push(value)
  return judge.skip
}

function noteForeign(state: State, event: EventOf<'issued-beside'>, judge: Judge): Judgement {
  const { session, call, value, key } = event
  const other = { session, call }
  for (const nonce of noncesIn(value satisfies Json | undefined)) state.foreign.set(nonce, other)
  state.hasIds ||= call === undefined
  if (key === undefined) return judge.skip
  state.keys.set(key, other)
  return state.ownKeys.has(key) ? judge.broken(sharedKey(key, other), { clause: 'b' }) : judge.skip
}

const sharedKey = (key: string, { session, call }: Other): string =>
  `the key ${key} is that of ${call} of the session ${session} too`

function judgeKey({ keys }: State, key: string, call: string, tool: string, judge: Judge): Judgement {
  if (keys.size === 0) return judge.skip
  const other = keys.get(key)
  return other ? judge.broken(`${call}: ${sharedKey(key, other)}`, { clause: 'b', tool }) : judge.held
}

function shown({ foreign, own }: State, where: string, said: unknown, judge: Judge): Judgement {
  if (foreign.size === 0) return judge.skip
  const isOwn = (nonce: string): boolean => own.some((value) => rendered(value).includes(nonce))
  for (const nonce of noncesIn(said)) {
    const other = foreign.get(nonce)
    if (!other || (other.call !== undefined && isOwn(nonce))) continue
    const { session, call } = other
    const what =
      call === undefined ? `the id of the session ${session}` : `what was given to ${call} of the session ${session}`
    return judge.broken(`${where} shows ${what}`)
  }
  return judge.held
}
