/** Events of a log, as short as a test can say them. */

import type { LogEvent } from '../../../../src/core/event.js'
import type { Json } from '../../../../src/core/json.js'
import type { StopReason } from '../../../../src/core/model.js'
import type { OutcomeKind } from '../../../../src/core/outcome.js'

const limits = { turns: 10, timeMs: 300_000, callsPerTurn: 64, inFlight: 8, attempts: 3 }

export const runStart = (at: number, prompt = 'go'): LogEvent => ({
  ...{ type: 'run-start', session: 'abc123', agent: 'helper', prompt, instructions: '', limits, saga: false, at },
})

export const read = (turn: number, origin: 'session' | 'store', at: number): LogEvent => ({
  ...{ type: 'memory-read', turn, items: [{ id: 'm1', version: 1, origin, trust: 'trusted' }], through: 1, at },
})

export const modelEnded = (
  turn: number,
  inputTokens: number,
  outputTokens: number,
  at: number,
  stop: StopReason = 'tool-calls',
): LogEvent => ({
  ...{
    type: 'model-call-end',
    turn,
    attempt: 1,
    outcome: 'ok',
    text: '',
    calls: [],
    stop,
    usage: { inputTokens, outputTokens },
    at,
  },
})

/** One call a tool, with `args` for each where they matter. */
export const opened = (turn: number, tools: readonly string[], at: number, args: readonly Json[] = []): LogEvent => ({
  type: 'batch-open',
  turn,
  at,
  calls: tools.map((tool, index) => ({
    ...{
      call: `t${turn}.c${index}`,
      id: `p${index}`,
      tool,
      effect: 'read',
      proposed: '{}',
      key: 'k',
      args: args[index] ?? {},
    },
  })),
})

export const settled = (
  turn: number,
  index: number,
  outcome: OutcomeKind,
  at: number,
  value: Json = null,
): LogEvent => ({
  ...{ type: 'call-settled', call: `t${turn}.c${index}`, tool: 'x', outcome, attempts: 1, at },
  ...(outcome === 'ok' ? { value } : { error: { class: 'unavailable', text: 'no', retryable: true } }),
})

export const rejected = (turn: number, index: number): LogEvent => ({
  ...{
    type: 'call-rejected',
    call: `t${turn}.c${index}`,
    tool: 'x',
    error: { class: 'invalid-args', text: 'no', retryable: false },
  },
})
