/** What a turn leaves in memory: written in one append with the commit of its batch, never before it. */

import type { LogEvent } from '../../core/event.js'
import type { MemoryItem, Reflection } from '../../core/memory.js'
import type { Trust } from '../../core/prompt.js'
import type { ContextState } from '../context/context-state.js'
import { kept } from '../guard/screen.js'
import type { Run } from '../run.js'
import { worthKeeping } from './policy.js'

const longest = 600

/** The commit of a batch and, for an agent with memory, the record of what it taught. */
export function observing(run: Run, commit: LogEvent): readonly LogEvent[] {
  const { agent, state, ports } = run
  if (commit.type !== 'batch-commit' || !agent.memory || !state.context) return [commit]
  const { turn, results } = commit
  const { importance: weigh, trust } = agent.memory
  const items: MemoryItem[] = []
  let version = state.context.lastVersion
  for (const { call, tool, outcome, content } of results) {
    if (agent.context?.tags[tool] === 'ephemeral') continue
    const asked = state.calls.get(call)?.intent.proposed ?? ''
    const text = `${tool} ${asked}: ${content}`.slice(0, longest)
    const importance = weigh({ call, tool, outcome, text })
    if (importance === null) continue
    const fields = { kind: 'observation', text, importance, trust, sources: [call], at: ports.clock.now() } as const
    items.push(itemOf(run, ++version, fields))
  }
  return items.length === 0 ? [commit] : [commit, { type: 'memory-written', turn, items }]
}

/** The record of conclusions that name what they were drawn from; their trust is the lowest of that. */
export function concluded(
  run: Run,
  turn: number,
  context: ContextState,
  reflections: readonly Reflection[],
): LogEvent[] {
  let version = context.lastVersion
  const items = reflections.flatMap(({ text, sources, importance = worthKeeping }) => {
    const from = sources.map((id) => context.items.get(id))
    if (typeof text !== 'string' || text.trim() === '' || from.length === 0 || from.includes(undefined)) return []
    const trust: Trust = from.every((item) => item?.trust === 'trusted') ? 'trusted' : 'untrusted'
    const fields = { kind: 'reflection', text: text.slice(0, longest), importance, trust, sources } as const
    return [itemOf(run, ++version, { ...fields, at: run.ports.clock.now() })]
  })
  return items.length === 0 ? [] : [{ type: 'memory-written', turn, items }]
}

function itemOf(run: Run, version: number, fields: Omit<MemoryItem, 'id' | 'version' | 'tier'>): MemoryItem {
  const importance = Math.min(1, Math.max(0, Number(fields.importance) || 0))
  const isKept = run.agent.memory?.semantic !== undefined && importance >= worthKeeping
  const place = { id: `${run.session}/m${version}`, version, tier: isKept ? 'semantic' : 'episodic' } as const
  return { ...fields, text: kept(run, fields.text), ...place, importance }
}
