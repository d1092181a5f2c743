/** `id-uniqueness`: two things never have one name. Broken by an agent that names its requests for approval by the time. */

import type { Intent } from '../../core/event.js'
import type { Check } from '../invariant.js'
import type { Judge, Judgement } from '../judgement.js'

interface Named {
  /** The call it belongs to. */
  readonly call: string
  readonly seq: number
  readonly vt: number
}

interface State {
  readonly approvals: Map<string, Named>
  readonly sessions: Map<string, Named>
  /** What a call is called in the conversation, and towards its service. */
  readonly ids: Map<string, Named>
  readonly keys: Map<string, Named>
  /** Ids that the provider has given. */
  readonly provided: Set<string>
  lastApproval: number
  arose: boolean
}

export const idUniqueness: Check<State> = {
  name: 'id-uniqueness',
  says: 'No two calls, requests for approval or child sessions share a name, whatever ids the provider or the clock supplies.',
  kind: 'safety',
  clauses: {
    a: 'every request for approval, and every session of a subagent, has a name that no other call was given',
    b: 'every call has an id in the conversation, and an idempotency key, of its own',
  },
  usual:
    'build names from the place of a thing in the run (session, turn, index), never from time, chance or a counter',
  mutant: 'approval-id-from-clock',
  concerns: (facts) => facts.own,
  start: () => ({
    approvals: new Map(),
    sessions: new Map(),
    ids: new Map(),
    keys: new Map(),
    provided: new Set(),
    lastApproval: Number.NaN,
    arose: false,
  }),
  on: {
    'approval-requested': (state, event, judge) => {
      const { approval, call, vt } = event
      const isOfOneInstant = vt === state.lastApproval
      state.lastApproval = vt
      const twin = name(state.approvals, approval, event)
      if (twin)
        return shared(`the requests for approval of ${twin.call} and ${call}`, approval, 'a', twin, event, judge)
      return isOfOneInstant ? tested(state, judge) : judge.skip
    },
    'subagent-start': (state, event, judge) => {
      const twin = name(state.sessions, event.session, event)
      if (!twin) return judge.skip
      return shared(`the subagents of ${twin.call} and ${event.call}`, event.session, 'a', twin, event, judge)
    },
    'model-answered': (state, { calls }, judge) => {
      let repeats = false
      for (const { id } of calls) {
        repeats ||= state.provided.has(id)
        state.provided.add(id)
      }
      return repeats ? tested(state, judge) : judge.skip
    },
    'batch-open': (state, { calls, seq, vt }, judge) => {
      for (const intent of calls) {
        const twins = sameNames(state, intent, seq, vt)
        if (twins) return shared(`${twins[1].call} and ${intent.call}`, twins[0], 'b', twins[1], { seq }, judge)
      }
      return judge.skip
    },
  },
  met: (state) => state.arose,
}

function tested(state: State, judge: Judge): Judgement {
  state.arose = true
  return judge.held
}

/** Notes who has the name; whoever had it before, where that is somebody else. */
function name(names: Map<string, Named>, id: string, { call, seq, vt }: Named): Named | undefined {
  const before = names.get(id)
  if (!before) names.set(id, { call, seq, vt })
  return before && before.call !== call ? before : undefined
}

/** A call that is made again carries the key of the first on purpose. */
function sameNames(state: State, intent: Intent, seq: number, vt: number): readonly [string, Named] | undefined {
  const { call, id, key, reissueOf } = intent
  const byId = name(state.ids, id, { call, seq, vt })
  if (byId) return [id, byId]
  const byKey = reissueOf === undefined ? name(state.keys, key, { call, seq, vt }) : undefined
  return byKey && [key, byKey]
}

const shared = (
  whose: string,
  id: string,
  clause: string,
  twin: Named,
  { seq }: { readonly seq: number },
  judge: Judge,
): Judgement => judge.broken(`${whose} have one name: ${JSON.stringify(id)}`, { clause, witness: [twin.seq, seq] })
