/** `authorization-scope`: an agent does nothing that it was not granted, whatever its model was told. Broken by an agent that offers its grants as advice. */

import type { Facts } from '../../core/history.js'
import type { Json } from '../../core/json.js'
import type { Check } from '../invariant.js'
import type { Judge, Judgement } from '../judgement.js'

interface Proposed {
  readonly tool: string
  readonly args: Json | undefined
  readonly seq: number
}

interface State {
  readonly permits: NonNullable<Facts['permits']>
  readonly proposed: Map<string, Proposed>
}

export const authorizationScope: Check<State> = {
  name: 'authorization-scope',
  says: 'No call runs that the grants of its agent do not allow, and nothing that is said adds a grant.',
  kind: 'safety',
  clauses: {
    a: 'an attempt starts only of a tool that is granted, with an input that its grant allows',
    b: 'what stands in for a tool is granted as well',
    c: 'a subagent has no right that its parent has not',
  },
  usual: 'check the grant of every call in code, right before it runs, and never ask a model whether it may',
  mutant: 'grants-are-advice',
  concerns: (facts) => facts.permits !== undefined,
  start: (facts) => ({
    permits: facts.permits as State['permits'],
    proposed: new Map(),
  }),
  on: {
    'batch-open': (state, event, judge) => {
      for (const { call, tool, args } of event.calls) state.proposed.set(call, { tool, args, seq: event.seq })
      return judge.skip
    },
    'call-rejected': (state, event, judge) => {
      const call = state.proposed.get(event.call)
      return call && !isGranted(state, call) ? judge.held : judge.skip
    },
    'subagent-broke': (_state, event, judge) => {
      if (event.invariant !== authorizationScope.name) return judge.skip
      return judge.broken(`in ${event.session}, of a subagent: ${event.because}`, { clause: 'c' })
    },
    'attempt-start': (state, event, judge) => judgeStart(state, event.call, event.seq, judge),
    'tool-returned': (state, event, judge) => {
      const call = state.proposed.get(event.call)
      if (!call || call.tool === event.tool || isGranted(state, { ...call, tool: event.tool })) return judge.skip
      const because = `${event.tool} answered for ${call.tool} (${event.call}), although it was not granted with this input`
      return judge.broken(because, { clause: 'b', witness: [call.seq, event.seq], tool: event.tool })
    },
  },
  met: (state) => state.proposed.size > 0,
}

const isGranted = ({ permits }: State, { tool, args }: Pick<Proposed, 'tool' | 'args'>): boolean =>
  args !== undefined && permits(tool, args)

function judgeStart(state: State, path: string, seq: number, judge: Judge): Judgement {
  const call = state.proposed.get(path)
  if (!call || isGranted(state, call)) return judge.skip
  const because = `${call.tool} (${path}) ran with an input that the agent was not granted`
  return judge.broken(because, { clause: 'a', witness: [call.seq, seq], tool: call.tool })
}
