/** What of a text from outside may enter the conversation or the memory, and in what dress. */

import type { LogEvent } from '../../core/event.js'
import { unfenceable } from '../../core/fence.js'
import { screen } from '../../core/guard.js'
import { conceal } from '../../core/leak.js'
import { askUserName } from '../built-in.js'
import type { Run } from '../run.js'

const withheldText = '[withheld by a guard]'

/** Whether the first two layers let a text in; `take` hears of each that has something to say. */
export function isLetIn(
  run: Run,
  text: string,
  from: string,
  subject: string,
  take: (event: LogEvent) => void,
): boolean {
  const verdicts = screen(run.agent.guards ?? {}, text, from)
  for (const guard of ['input', 'anomaly'] as const) {
    const verdict = verdicts[guard]
    if (verdict !== 'pass') take({ type: 'guard-verdict', guard, subject, verdict })
  }
  return Object.values(verdicts).every(run.parts.letsThrough)
}

/** The records of a commit, as `record` makes them, with its results screened before and fenced after. What the user said is left alone. */
export function screened(
  run: Run,
  commit: LogEvent,
  record: (run: Run, commit: LogEvent) => readonly LogEvent[],
): readonly LogEvent[] {
  const { guards, secrets = [] } = run.agent
  if (!guards || commit.type !== 'batch-commit') return record(run, commit)
  const verdicts: LogEvent[] = []
  const safe = (text: string, call: string, tool: string): string => {
    if (tool === askUserName) return text
    const shown = guards.output ? conceal(text, secrets) : text
    return isLetIn(run, shown, tool, call, (verdict) => verdicts.push(verdict)) ? shown : withheld(run, call)
  }
  const results = commit.results.map((one) => ({ ...one, content: safe(one.content, one.call, one.tool) }))
  const dressed = record(run, { ...commit, results }).map((event): LogEvent => {
    if (event.type !== 'batch-commit' || !guards.marking) return event
    const dress = (one: (typeof results)[number]): string =>
      one.tool === askUserName ? one.content : run.parts.fence(one.content, `${run.session}/${one.call}`)
    return { ...event, results: event.results.map((one) => ({ ...one, content: dress(one) })) }
  })
  return [...verdicts, ...dressed]
}

/** A text as memory keeps it, for this session and others: what was said to a tool is in it, too. */
export function kept({ agent: { guards }, parts }: Run, text: string): string {
  if (guards?.output && parts.leaks(guards, text)) return withheldText
  return guards?.marking ? unfenceable(text) : text
}

/** What became of the call is always told, in the runtime's own words. */
function withheld({ parts, state }: Run, path: string): string {
  const call = state.calls.get(path)
  const told = call && call.outcome !== 'ok' ? ` ${parts.render({ ...call, error: undefined })}` : ''
  return `${withheldText}${told}`
}
