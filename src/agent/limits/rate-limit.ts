/** The rate limit of a tool: a sliding minute, kept in the log for one session, in a cell for all sessions of an agent. */

import type { LogEvent } from '../../core/event.js'
import { type ErrorDetail, final } from '../../core/outcome.js'
import { admitInWindow, minuteMs, rebased, type Window } from '../../resilience/window.js'
import type { AdmissionCheck } from '../admission.js'
import { updateCell } from '../insist.js'
import { type Answer, type Layer, type Step, type Work, withoutAttempt } from '../layer/layer.js'
import type { Handlers, RunState } from '../state.js'
import type { AnyTool } from '../tool.js'

/** Calls a minute. 0 admits none. A number alone counts each session by itself. */
export type RateLimit = number | { readonly calls: number; readonly shared: true }

export const limitOf = ({ rateLimitPerMinute: limit = 0 }: AnyTool): number =>
  typeof limit === 'number' ? limit : limit.calls

export const checkRate: AdmissionCheck = {
  concerns: (_run, tool) => typeof tool.rateLimitPerMinute === 'number',
  check: ({ state, clock, parts }, { call }, tool) => {
    const window = state.windows.get(tool.name) ?? []
    if (window.some((one) => one.name === call)) return undefined
    const at = clock.now()
    const verdict = admitInWindow(parts.limitOf(tool), window, call, at)
    return verdict.kind === 'refused' ? parts.overLimit(tool, verdict.afterMs) : { record: [admitted(call, tool, at)] }
  },
}

/** The layer of a limit that all sessions share. It is asked once a call: a call with an attempt behind it has been let in. */
export const limited: Layer = (next) => (work) =>
  typeof work.tool.rateLimitPerMinute === 'object' && work.call.attempts === 0 ? asked(work, next) : next(work)

async function asked(work: Work, next: Step): Promise<Answer> {
  const { run, call, tool } = work
  const path = call.intent.call
  const name = `${run.session}/${path}`
  const cell = `rate/${run.agent.name}/${tool.name}`
  // Undefined: admitted, now or before a crash.
  const refused = await updateCell<ErrorDetail | undefined>(run, cell, (value, at) => {
    const known = (value ?? []) as unknown as Window
    if (known.some((one) => one.name === name)) return [undefined, undefined]
    const window = rebased(known, at)
    const verdict = admitInWindow(run.parts.limitOf(tool), window, name, at)
    if (verdict.kind === 'admitted') return [verdict.window, undefined]
    return [window === known ? undefined : window, tooMany(tool, verdict.afterMs)]
  })
  if (refused) return withoutAttempt(refused)
  await run.journal.append([admitted(path, tool, run.clock.now())])
  return next(work)
}

const admitted = (call: string, { name: tool }: AnyTool, at: number): LogEvent => {
  return { type: 'limiter-admitted', call, tool, at }
}

export function tooMany(tool: AnyTool, afterMs: number | undefined): ErrorDetail {
  const when = afterMs === undefined ? 'it admits none' : `the next one is admitted in ${Math.ceil(afterMs / 1_000)} s`
  const error = final('rate-limited', `${tool.name} was called too often: ${when}`)
  return afterMs === undefined ? error : { ...error, retryable: true, afterMs }
}

export const rateHandlers: Handlers<'limiter-admitted'> = {
  'limiter-admitted': ({ windows }, { call, tool, at }) => {
    const recent = (windows.get(tool) ?? []).filter((one) => at - one.at <= minuteMs)
    windows.set(tool, [...recent, { name: call, at, cost: 1 }])
  },
}

/** See `rebaseClock`. */
export function rebaseWindows({ windows }: RunState, now: number): void {
  for (const [tool, window] of windows) windows.set(tool, rebased(window, now))
}
