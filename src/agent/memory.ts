/** Memory before a turn: conclusions are drawn, the store is brought up to date, what is too old goes, what fits the moment is read. */

import { requireThat } from '../core/definition.js'
import { estimate } from '../core/estimate.js'
import type { LogEvent } from '../core/event.js'
import { fenceTokens, unfenceable } from '../core/fence.js'
import type { AskOptions, FoundItem, MemoryItem, MemoryPolicy, ReadItem, Reflection } from '../core/memory.js'
import type { Trust } from '../core/prompt.js'
import { type Candidate, select } from '../core/relevance.js'
import { hashingEmbedder, type Vector } from '../core/vector.js'
import { type ContextState, shownResults } from './context/context-state.js'
import type { Draft } from './context/prepare.js'
import { isLetIn, kept } from './guard/screen.js'
import { storeTimeoutMs, worthKeeping } from './policy.js'
import type { Run } from './run.js'
import { consult } from './timed.js'

type Found = Candidate & Omit<ReadItem, 'text'> & { readonly at: number }

/** A step that fails is left for the next turn: no run ends for its memory. */
export async function refreshMemory(run: Run, turn: number, draft: Draft): Promise<void> {
  const policy = run.agent.memory as MemoryPolicy
  const { context, take } = draft
  loadProcedure(run, turn, draft, policy)
  const { reflect, reflectAfter } = policy
  if (reflect && context.unreflected >= reflectAfter) {
    const found = await consult(run, run.agent.modelTimeoutMs, (signal) => reflect([...context.items.values()], signal))
    if (Array.isArray(found)) for (const event of concluded(run, turn, context, found)) take(event)
  }
  await store(run, draft, policy)
  await forget(run, draft, policy)
  await read(run, turn, draft, policy)
}

function loadProcedure(run: Run, turn: number, { context, take }: Draft, { procedure }: MemoryPolicy): void {
  const current = procedure?.()
  if (!current || current.version === context.procedure?.version) return
  const tokens = estimate(`${run.agent.instructions}\n\n${current.text}`)
  const isRoom = !run.agent.context || tokens + 4 <= run.agent.context.budgets.system
  const problem = `version ${current.version} of the procedure exceeds the system budget`
  requireThat(isRoom, problem, 'shorten it, or raise `context.budgets.system`')
  take({ type: 'procedure-loaded', turn, version: current.version, text: current.text })
}

const asking = (run: Run, signal: AbortSignal): AskOptions => ({ signal, now: run.clock.now() })

async function store(run: Run, { context, take }: Draft, { semantic, embed }: MemoryPolicy): Promise<void> {
  const items = [...context.unstored].flatMap((id) => context.items.get(id) ?? [])
  if (!semantic || items.length === 0) return
  const isDone = await consult(run, storeTimeoutMs, async (signal) => {
    const vectors = await Promise.all(items.map(({ text }) => embed(text)))
    const stored = items.map(({ id, text, importance, trust }, index) => {
      return { id, text, importance, trust, vector: vectors[index] as Vector }
    })
    await semantic.put(stored, asking(run, signal))
    return true
  })
  if (isDone) take({ type: 'memory-stored', ids: items.map(({ id }) => id) })
}

/** The oldest leave when there are too many, and all that outlived its time; the store forgets the latter too. */
async function forget(run: Run, { context, take }: Draft, { ttlMs, capacity, semantic }: MemoryPolicy): Promise<void> {
  const items = [...context.items.values()]
  const now = run.clock.now()
  const old = items.filter(({ at }, index) => index < items.length - capacity || isOld(now - at, ttlMs))
  const outdated = old.filter((item) => item.tier === 'semantic' && isOld(now - item.at, ttlMs)).map(({ id }) => id)
  if (semantic && outdated.length > 0) {
    const remove = (signal: AbortSignal) => semantic.remove(outdated, asking(run, signal)).then(() => true)
    if (!(await consult(run, storeTimeoutMs, remove))) return
  }
  if (old.length > 0) take({ type: 'memory-expired', ids: old.map(({ id }) => id) })
}

const isOld = (ageMs: number, ttlMs: number | undefined): boolean => ttlMs !== undefined && ageMs >= ttlMs

async function read(run: Run, turn: number, { context, take }: Draft, policy: MemoryPolicy): Promise<void> {
  const find = (signal?: AbortSignal) => candidates(run, context, policy, signal)
  const isLocal = !policy.semantic && policy.embed === hashingEmbedder
  const found = isLocal ? await find() : await consult(run, storeTimeoutMs, find)
  const chosen = found ? select(found.all, found.query, policy) : []
  const ordered = run.parts.readOrder([...chosen].sort((a, b) => rank(a) - rank(b) || a.version - b.version))
  let left = (run.agent.context?.budgets.documents ?? 0) - estimate('Notes, not instructions:') - 4
  if (context.isMarked) left -= fenceTokens
  const items = ordered.flatMap(({ id, version, origin, trust, text }): ReadItem[] => {
    if (origin === 'store' && !isLetIn(run, text, 'memory', id, take)) return []
    const tokens = estimate(`- ${text}\n`)
    if (tokens > left) return []
    left -= tokens
    const isLogged = context.items.has(id) || context.read.get(id) === text
    return [{ id, version, origin, trust, ...(isLogged ? {} : { text }) }]
  })
  take({ type: 'memory-read', turn, items, through: context.lastVersion })
}

/** What other sessions left stands before what this one learnt. */
const rank = ({ origin }: Found): number => (origin === 'store' ? 0 : 1)
const vectors = new WeakMap<MemoryItem, Vector>()

/** Of this session all that its prompt does not show anyway; of the store what is nearest. */
async function candidates(run: Run, context: Draft['context'], policy: MemoryPolicy, signal?: AbortSignal) {
  const { embed, semantic, items, ttlMs } = policy
  const text = `${run.prompt} ${run.state.model.answer?.text ?? ''}`
  const query = await embed(text)
  const now = run.clock.now()
  const visible = visibleCalls(context)
  const own: Found[] = []
  for (const item of context.items.values()) {
    if (item.sources.every((source) => visible.has(source))) continue
    const vector = vectors.get(item) ?? (await embed(item.text))
    vectors.set(item, vector)
    own.push({ origin: 'session', ageMs: now - item.at, vector, ...item })
  }
  const remote =
    semantic && signal
      ? await semantic.search({ vector: query, text, limit: items * 4 }, { signal, now }).catch(() => [])
      : []
  const safe = (said: string): string => (context.isMarked ? unfenceable(said) : said)
  const others = remote.filter((item) => isSound(item) && !context.items.has(item.id) && !isOld(item.ageMs, ttlMs))
  const stored = others.map((item): Found => ({ ...item, text: safe(item.text), at: -item.ageMs, origin: 'store' }))
  return { query, all: [...stored, ...own] }
}

/** Calls whose results the prompt shows: to remember them as well would say it twice. */
function visibleCalls(context: Draft['context']): ReadonlySet<string | undefined> {
  const shown = shownResults(context).filter(({ result }) => !context.stubbed.has(result.id))
  return new Set(shown.map(({ result }) => context.calls.get(result.id)))
}

/** A store may stand before anything. */
const isSound = (item: Partial<FoundItem> | null): item is FoundItem =>
  typeof item?.id === 'string' &&
  typeof item.text === 'string' &&
  Array.isArray(item.vector) &&
  typeof item.version === 'number'

const longest = 600

/** The commit of a batch and, for an agent with memory, the record of what it taught. */
export function observing(run: Run, commit: LogEvent): readonly LogEvent[] {
  const { agent, state, clock } = run
  if (commit.type !== 'batch-commit' || !agent.memory || !state.context) return [commit]
  const { importance: weigh, trust } = agent.memory
  const learnt = commit.results.flatMap(({ call, tool, outcome, content }): Learnt[] => {
    if (agent.context?.tags[tool] === 'ephemeral') return []
    const asked = state.calls.get(call)?.intent.proposed ?? ''
    const text = `${tool} ${asked}: ${content}`.slice(0, longest)
    const importance = weigh({ call, tool, outcome, text })
    if (importance === null) return []
    return [{ kind: 'observation', text, importance, trust, sources: [call], at: clock.now() }]
  })
  return [commit, ...written(run, commit.turn, state.context, learnt)]
}

/** The record of conclusions that name what they were drawn from; their trust is the lowest of that. */
function concluded(run: Run, turn: number, context: ContextState, reflections: readonly Reflection[]) {
  const learnt = reflections.flatMap(({ text, sources, importance = worthKeeping }): Learnt[] => {
    const from = sources.map((id) => context.items.get(id))
    if (typeof text !== 'string' || text.trim() === '' || from.length === 0 || from.includes(undefined)) return []
    const trust: Trust = from.every((item) => item?.trust === 'trusted') ? 'trusted' : 'untrusted'
    return [{ kind: 'reflection', text: text.slice(0, longest), importance, trust, sources, at: run.clock.now() }]
  })
  return written(run, turn, context, learnt)
}

type Learnt = Omit<MemoryItem, 'id' | 'version' | 'tier'>

/** The record of what was learnt, each item with the next version; none of nothing. */
function written(run: Run, turn: number, { lastVersion }: ContextState, learnt: readonly Learnt[]): LogEvent[] {
  const items = learnt.map(({ kind, text, trust, sources, at, importance: weight }, index): MemoryItem => {
    const version = lastVersion + index + 1
    const importance = Math.min(1, Math.max(0, Number(weight) || 0))
    const isKept = run.agent.memory?.semantic !== undefined && importance >= worthKeeping
    const place = { id: `${run.session}/m${version}`, version, tier: isKept ? 'semantic' : 'episodic' } as const
    return { kind, text: kept(run, text), importance, trust, sources, at, ...place }
  })
  return items.length === 0 ? [] : [{ type: 'memory-written', turn, items }]
}
