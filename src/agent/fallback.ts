/** What answers in the place of a read whose service is away: another read tool or a function. The answer says so. */

import { type ErrorClass, failed, type Outcome } from '../core/outcome.js'
import { toolNamed } from './agent.js'
import { askTool } from './ask-tool.js'
import { unauthorised } from './guard/vet.js'
import { type Answer, type Layer, record, type Work } from './layer/layer.js'

const away = new Set<ErrorClass>(['unavailable', 'rate-limited', 'timeout', 'connection-lost', 'breaker-open'])

/** A tool without a fallback passes untouched. */
export const fallback: Layer = (next) => (work) =>
  work.tool.fallback === undefined ? next(work) : withFallback(next(work), work)

async function withFallback(primary: Promise<Answer>, work: Work): Promise<Answer> {
  const answer = await primary
  const { run, call, tool } = work
  if (answer.outcome.kind !== 'failed' || !away.has(answer.outcome.error.class)) return answer
  const delayMs = run.state.deadline - run.clock.now()
  if (delayMs <= 0 || run.state.cancelled) return answer
  const by = typeof tool.fallback === 'string' ? tool.fallback : 'its fallback'
  await record(work, answer, () => [{ type: 'fallback-used', call: call.intent.call, tool: tool.name, by }])
  const outcome = await standIn(work, delayMs)
  if (outcome.kind === 'ok')
    return { outcome, isAttempt: false, note: `${tool.name} is unavailable; answered by ${by}` }
  return { outcome: failed(answer.outcome.error), isAttempt: false }
}

async function standIn({ run, call, tool }: Work, leftMs: number): Promise<Outcome> {
  const { parts } = run
  const { args = null } = call.intent
  const other = typeof tool.fallback === 'string' ? toolNamed(run.agent, tool.fallback) : undefined
  const judge = other ?? tool
  const refused = other && (unauthorised(run, other, args) ?? parts.checkArguments(other, args))
  if (refused) return failed(refused)
  const ending = await askTool(run, call, {
    what: `fallback of tool=${tool.name}`,
    delayMs: Math.min(leftMs, parts.timeoutOf(judge)),
    isCancellable: true,
    start: (input, context) =>
      typeof tool.fallback === 'function'
        ? tool.fallback(input)
        : other?.execute(input, { ...context, attempt: context.attempt + 1 }),
  })
  const outcome = parts.outcomeOf(ending, judge)
  return outcome.kind === 'ok' ? parts.checkOutput(judge, outcome.value) : outcome
}
