/** Puts a prompt together, always in one order: what is withdrawn, what is remembered, then the budgets, then what is sent. */

import { estimate } from '../../core/estimate.js'
import type { LogEvent } from '../../core/event.js'
import type { ErrorDetail } from '../../core/outcome.js'
import type { ContextPolicy, Segment } from '../../core/prompt.js'
import { askForSummary, transcriptOf } from '../../core/summary.js'
import { refreshMemory } from '../memory.js'
import { compactPercent, warnPercent } from '../policy.js'
import type { Run } from '../run.js'
import { consult } from '../timed.js'
import { type ContextState, contextHandlers, scan, shownResults, type Unit, type WithContext } from './context-state.js'
import { planCompaction, segmentsOf, summaryCap } from './prompt.js'

export { promptOf } from './prompt.js'

/** What is decided while a prompt is put together: each event is in the draft before the next step looks at it. */
export interface Draft {
  readonly context: ContextState
  readonly take: (event: LogEvent) => void
}

export interface Prepared {
  readonly events: readonly LogEvent[]
  /** Nothing that fits can be made. */
  readonly isExhausted: boolean
}

const handlers = contextHandlers as Partial<Record<string, (state: WithContext, event: any) => void>>

/** The records of how the next prompt is made. */
export async function prepare(run: Run, turn: number, attempt: number): Promise<Prepared> {
  const { agent, state } = run
  const policy = agent.context
  if (!policy || !state.context) return { events: [], isExhausted: false }
  scan(state.context, state.messages, run)
  const context = { ...state.context }
  const events: LogEvent[] = []
  const take = (event: LogEvent): void => {
    events.push(event)
    handlers[event.type]?.({ context }, event)
  }
  if (attempt === 1) {
    if (policy.retract) retract({ context, take }, policy)
    if (agent.memory) await refreshMemory(run, turn, { context, take })
  }
  await keepWithin(run, turn, { context, take }, policy)
  return { events, isExhausted: context.isExhausted }
}

async function keepWithin(run: Run, turn: number, { context, take }: Draft, policy: ContextPolicy): Promise<void> {
  const limit = Math.floor(((policy.windowTokens - policy.reserveTokens) * 1_000) / context.scale)
  let segments = segmentsOf(run, context, policy)
  const tokens = sum(segments)
  if (tokens * 100 >= warnPercent * limit) take({ type: 'context-warned', turn, tokens, limit })
  const isRefused = context.refusedTurn === turn && context.mendedTurn !== turn
  if (isRefused || run.parts.isTooLong(segments, limit)) {
    const plan = planCompaction(context, policy, fixedIn(segments), limit, isRefused)
    const summary = await summarise(run, turn, context.summary, plan.gone, summaryCap(policy, limit))
    const { from, pinned, dropped, stubbed } = plan
    const view = { from, pinned, dropped, ...(summary === undefined ? {} : { summary }) }
    segments = segmentsOf(run, { ...context, ...view, stubbed: new Set(stubbed) }, policy)
    const exhausted = isTooLong(segments, limit)
    const sizes = { before: tokens, after: sum(segments), limit }
    take({ type: 'context-compacted', turn, refused: isRefused, ...sizes, ...view, stubbed, exhausted })
  }
  if (!context.isExhausted) take({ type: 'context-built', turn, segments, tokens: sum(segments), limit })
}

const sum = (segments: readonly Segment[]): number => segments.reduce((total, { tokens }) => total + tokens, 0)

export const isTooLong = (segments: readonly Segment[], limit: number): boolean =>
  sum(segments) * 100 >= compactPercent * limit || segments.some(({ tokens, budget }) => tokens > (budget ?? tokens))

const fixedIn = (segments: readonly Segment[]): number =>
  sum(segments.filter(({ name }) => name !== 'history' && name !== 'toolResults'))

/** Withdraws what the agent's own judgement finds bad, and forgets what was remembered of it. */
function retract({ context, take }: Draft, policy: ContextPolicy): void {
  const results = shownResults(context).map(({ result }) => ({ call: context.calls.get(result.id) ?? '', ...result }))
  for (const { call, reason } of policy.retract?.(results) ?? []) {
    const id = [...context.calls].find(([, path]) => path === call)?.[0]
    if (id === undefined || context.retracted.has(id)) continue
    const summarised = !results.some((result) => result.id === id)
    take({ type: 'result-retracted', call, id, reason, summarised })
    const ids = [...context.items.values()].filter(({ sources }) => sources.includes(call)).map((item) => item.id)
    if (ids.length > 0) take({ type: 'memory-expired', ids })
  }
}

/** A prompt the model finds too long is worth one more try, once something was let go of it. */
export function mendable({ state }: Run, error: ErrorDetail): ErrorDetail {
  if (error.class !== 'context-length') return error
  return { ...error, retryable: state.context !== undefined && state.context.mendedTurn !== state.model.turn }
}

/** At most `maxTokens` of text; undefined when there is none that can be used: the turns then go without. Never rejects. */
async function summarise(
  run: Run,
  turn: number,
  before: string | undefined,
  gone: readonly Unit[],
  maxTokens: number,
): Promise<string | undefined> {
  const { context, modelTimeoutMs } = run.agent
  const summariser = context?.summarise
  if (!summariser || gone.length === 0) return undefined
  const told = gone.map(({ messages }) => transcriptOf(messages))
  const text = [...(before === undefined ? [] : [before]), ...told].join('\n')
  const ask = (signal: AbortSignal): unknown => askForSummary(summariser, text, turn, maxTokens, signal)
  const summary = run.parts.summaryIn(await consult(run, modelTimeoutMs, ask), maxTokens)
  return summary !== undefined && estimate(summary) < estimate(text) ? summary : undefined
}
