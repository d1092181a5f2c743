/** `trace-fidelity`: what a log shows is what happened. Broken by an exporter that takes 0, false or '' for nothing. */

import type { EventOf } from '../../core/event.js'
import { canonical } from '../../core/json.js'
import type { Check } from '../invariant.js'
import type { Judge, Judgement } from '../judgement.js'

interface State {
  /** Calls settled since the last resume: what was written before is told by nobody any more. */
  readonly settled: Map<string, EventOf<'call-settled'>>
  /** Calls told of, by sink. */
  readonly told: Map<string, Set<string>>
  calls: number
  errors: number
  tokensIn: number
  tokensOut: number
}

export const traceFidelity: Check<State> = {
  name: 'trace-fidelity',
  says: 'Values, outcomes and figures in a log are those of the history, the falsy ones included.',
  kind: 'safety',
  clauses: {
    a: 'every call that settled has its line',
    b: 'the line shows the outcome and the value of the call; the totals at the end are those of the history',
  },
  usual: 'show what the event holds: test for undefined, never for truth',
  mutant: 'trace-truthiness',
  concerns: (facts) => facts.own,
  start: () => ({ settled: new Map(), told: new Map(), calls: 0, errors: 0, tokensIn: 0, tokensOut: 0 }),
  on: {
    'run-resume': (state, _event, judge) => {
      state.settled.clear()
      return judge.skip
    },
    'model-call-end': (state, { usage }, judge) => {
      state.tokensIn += usage.inputTokens
      state.tokensOut += usage.outputTokens
      return judge.skip
    },
    'call-rejected': (state, _event, judge) => {
      state.calls++
      state.errors++
      return judge.skip
    },
    'call-settled': (state, event, judge) => {
      state.calls++
      if (event.outcome !== 'ok') state.errors++
      state.settled.set(event.call, event)
      return judge.skip
    },
    'line-logged': (state, event, judge) => {
      if (event.text.startsWith('status=')) return judgeTotals(state, event, judge)
      const call = event.call === undefined ? undefined : state.settled.get(event.call)
      return call && event.text.includes(' args=') ? judgeCall(state, call, event, judge) : judge.skip
    },
  },
  met: (state) => state.told.size > 0,
}

function judgeCall(state: State, call: EventOf<'call-settled'>, line: EventOf<'line-logged'>, judge: Judge): Judgement {
  toldBy(state, line.sink).add(call.call)
  const witness = [call.seq, line.seq]
  const isOk = call.outcome === 'ok'
  if (isOk !== (line.level === 'info')) {
    const because = `${call.tool} (${call.call}) ended ${call.outcome}, and its line is one of level ${line.level}`
    return judge.broken(because, { clause: 'b', witness, tool: call.tool })
  }
  if (!isOk) return judge.held
  const { value = null } = call
  const shown = typeof value === 'string' ? value : canonical(value)
  if (line.result !== undefined && (value || line.result === shown)) return judge.held
  const because = `${call.tool} (${call.call}) gave ${canonical(value)}, and its line shows ${line.result ?? 'nothing'}`
  return judge.broken(because, { clause: 'b', witness, tool: call.tool })
}

function judgeTotals(state: State, line: EventOf<'line-logged'>, judge: Judge): Judgement {
  const { calls, errors, tokensIn, tokensOut } = state
  const figures = { tokens_in: tokensIn, tokens_out: tokensOut, tool_calls: calls, tool_errors: errors }
  for (const [name, figure] of Object.entries(figures)) {
    if (line.text.split(' ').includes(`${name}=${figure}`)) continue
    return judge.broken(`the history has ${name}=${figure}, the log says: ${line.text}`, { clause: 'b' })
  }
  const told = toldBy(state, line.sink)
  const untold = [...state.settled.values()].find(({ call }) => !told.has(call))
  if (!untold) return judge.held
  const because = `${untold.tool} (${untold.call}) settled, and the log ${line.sink} has no line of it`
  return judge.broken(because, { clause: 'a', witness: [untold.seq, line.seq], tool: untold.tool })
}

function toldBy(state: State, sink: string): Set<string> {
  let told = state.told.get(sink)
  if (!told) {
    told = new Set()
    state.told.set(sink, told)
  }
  return told
}
