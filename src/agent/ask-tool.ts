/** One thing that a tool does for a call, under a time limit: an attempt, its undoing, a question about it, a stand-in's answer. */

import { copy } from '../core/json.js'
import type { ToolContext } from '../core/tool.js'
import { traceparentOf } from '../core/traceparent.js'
import type { Run } from './run.js'
import type { CallState } from './state.js'
import { timed, type Work } from './timed.js'
import type { Ending } from './validity.js'

interface Asked extends Omit<Work, 'start' | 'call'> {
  /** `context` is that of an attempt of the call. What the tool gets are copies: nothing it does to them reaches the log. */
  readonly start: (args: any, context: ToolContext) => unknown
}

export function askTool(
  run: Run,
  { intent, attempts: attempt }: CallState,
  { start, ...work }: Asked,
): Promise<Ending> {
  const { call, key, args } = intent
  const deadline = run.clock.now() + work.delayMs
  const traceparent = traceparentOf(run.trace, run.session, call)
  return timed(run, {
    call,
    ...work,
    start: ({ signal }) => start(copy(args), { key, signal, deadline, call, attempt, traceparent }),
  })
}
