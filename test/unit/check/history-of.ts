/** Histories made by hand: each word below is one event with everything a check may ask of it. */

import type { Check } from '../../../src/check/invariant.js'
import { judge } from '../../../src/check/judge.js'
import type { FoldedLedger, LedgerShape } from '../../../src/check/ledger-fold.js'
import type { CheckVerdict } from '../../../src/check/watch.js'
import type { Applied } from '../../../src/core/backend.js'
import type { AnyEvent, EventMap, EventType, Limits } from '../../../src/core/event.js'
import type { Facts, History, ToolFacts } from '../../../src/core/history.js'
import type { Json } from '../../../src/core/json.js'
import type { Message, ProposedCall } from '../../../src/core/message.js'
import type { ErrorDetail, OutcomeKind } from '../../../src/core/outcome.js'

export type Draft = { [K in EventType]: Readonly<EventMap[K]> & { readonly type: K; readonly vt?: number } }[EventType]

export const limits: Limits = { turns: 3, timeMs: 300_000, callsPerTurn: 4, inFlight: 4, attempts: 3 }

export const charge: ToolFacts = { name: 'charge', effect: 'write', idempotency: 'keyed', compensated: false }
export const mail: ToolFacts = { name: 'mail', effect: 'write', idempotency: 'none', compensated: false }
export const find: ToolFacts = { name: 'find', effect: 'read', idempotency: 'natural', compensated: false }
export const book: ToolFacts = { name: 'book', effect: 'write', idempotency: 'keyed', compensated: true }

export const own: Facts = {
  own: true,
  limits,
  tools: [charge, mail, find, book],
  retry: { attempts: 3, baseMs: 1000, factor: 2, jitterMs: 500, maxDelayMs: 60_000 },
  intended: {},
  scripted: true,
  backends: ['shop'],
}
export const foreign: Facts = {
  own: false,
  limits: undefined,
  tools: [charge, find],
  retry: undefined,
  intended: {},
  scripted: true,
  backends: ['shop'],
}

/** Stamps drafts: 10 ms apart unless they say when, one incarnation more after each restart. */
export function historyOf(facts: Facts, drafts: readonly (Draft | readonly Draft[])[], truncated = false): History {
  let incarnation = 1
  let vt = 0
  const all = drafts.flat()
  // A world that came to rest says so.
  const isOver = truncated || all.some(({ type }) => type === 'rest')
  const whole = isOver ? all : [...all, { type: 'rest', open: [], timers: 0, vt: all.at(-1)?.vt } as Draft]
  const events = whole.map((draft, seq) => {
    if (draft.type === 'restart') incarnation++
    vt = Math.max(vt, draft.vt ?? vt + 10)
    return { ...draft, seq, vt, lane: 'run', incarnation } as AnyEvent
  })
  return { events, facts, truncated }
}

/** The writes of the services of these histories. */
export const shape: readonly LedgerShape[] = [
  { backend: 'shop', operations: ['charge', 'refund'] },
  { backend: 'mail', operations: ['send'] },
]

/** The verdict of one check over one hand-made history. */
export function verdict(
  check: Check,
  facts: Facts,
  drafts: readonly (Draft | readonly Draft[])[],
  truncated = false,
): CheckVerdict {
  return judge(historyOf(facts, drafts, truncated), [check])[0]!
}

/** The lines of one operation; throws where the ledger has none. */
export function linesOf(ledger: FoldedLedger, backend: string, operation: string): readonly Applied[] {
  const lines = ledger[backend]?.[operation]
  if (!lines) throw new Error(`no ${backend}.${operation} in the ledger`)
  return lines
}

type Fill<K extends EventType> = Partial<EventMap[K]> & { readonly vt?: number }

/** An event as given. */
export const happened = <K extends EventType>(type: K, payload: EventMap[K] & { readonly vt?: number }): Draft =>
  ({ type, ...payload }) as unknown as Draft

export const runStart = (fill: Fill<'run-start'> = {}): Draft =>
  happened('run-start', {
    session: 's',
    agent: 'a',
    prompt: 'go',
    instructions: '',
    limits,
    saga: false,
    at: 0,
    ...fill,
  })
export const runEnd = (status: EventMap['run-end']['status'] = 'completed', fill: Fill<'run-end'> = {}): Draft =>
  happened('run-end', { status, reason: 'done', text: 'Done.', residue: [], ...fill })
export const modelStart = (turn: number, attempt = 1): Draft => happened('model-call-start', { turn, attempt })
export const modelEnd = (turn: number, fill: Fill<'model-call-end'> = {}): Draft =>
  happened('model-call-end', {
    turn,
    attempt: 1,
    outcome: 'ok',
    text: '',
    calls: [],
    stop: 'stop',
    usage: { inputTokens: 1, outputTokens: 1 },
    ...fill,
  })

export const error = (kind: ErrorDetail['class'], retryable: boolean, afterMs?: number): ErrorDetail => ({
  class: kind,
  text: kind,
  retryable,
  ...(afterMs === undefined ? {} : { afterMs }),
})

/** A call of the model: `id` defaults to one of its own. */
export const proposal = (tool: string, args: Json = {}, id = `id-${tool}`): ProposedCall => ({
  id,
  tool,
  arguments: JSON.stringify(args),
})

export const answered = (turn: number, calls: readonly ProposedCall[], fill: Fill<'model-answered'> = {}): Draft =>
  happened('model-answered', {
    turn,
    attempt: 1,
    text: '',
    calls,
    stop: 'tool-calls',
    complete: true,
    status: 200,
    ...fill,
  })
export const prompted = (turn: number, messages: readonly Message[], fill: Fill<'prompt-received'> = {}): Draft =>
  happened('prompt-received', { turn, attempt: 1, messages, tools: ['charge'], ...fill })

export const user: Message = { role: 'user', text: 'go' }
export const asked = (...calls: readonly ProposedCall[]): Message => ({ role: 'assistant', text: '', calls })
/** Results in the order given: `[call, content, outcome]`. */
export const results = (...list: readonly (readonly [ProposedCall, string, OutcomeKind?])[]): Message => ({
  role: 'tool',
  results: list.map(([call, content, outcome = 'ok']) => ({ id: call.id, tool: call.tool, content, outcome })),
})

/** Tools by place: `batchOpen(1, ['charge', 'find'])`. `ids` are those of the conversation. */
export const batchOpen = (
  turn: number,
  tools: readonly string[],
  ids = tools.map((_, index) => `id-${index}`),
): Draft =>
  happened('batch-open', {
    turn,
    calls: tools.map((tool, index) => ({
      call: `t${turn}.c${index}`,
      id: ids[index]!,
      tool,
      effect: tool === 'find' ? 'read' : 'write',
      proposed: '{}',
      args: {},
      argsDigest: `d-${tool}`,
      key: `k-t${turn}.c${index}`,
    })),
  })
export const batchCommit = (turn: number, outcomes: readonly OutcomeKind[], fill: Fill<'batch-commit'> = {}): Draft =>
  happened('batch-commit', {
    turn,
    results: outcomes.map((outcome, index) => ({
      call: `t${turn}.c${index}`,
      id: `id-${index}`,
      tool: 'charge',
      outcome,
      content: `r${index}`,
    })),
    ...fill,
  })
export const attemptStart = (call: string, tool = 'charge', attempt = 1, fill: Fill<'attempt-start'> = {}): Draft =>
  happened('attempt-start', { call, tool, attempt, key: `k-${call}`, argsDigest: `d-${tool}`, deadline: 1e6, ...fill })
export const attemptEnd = (
  call: string,
  outcome: OutcomeKind,
  tool = 'charge',
  attempt = 1,
  fill: Fill<'attempt-end'> = {},
): Draft => happened('attempt-end', { call, tool, attempt, outcome, ...fill })
export const settled = (call: string, outcome: OutcomeKind, tool = 'charge', fill: Fill<'call-settled'> = {}): Draft =>
  happened('call-settled', { call, tool, outcome, attempts: 1, ...fill })
export const returned = (call: string, value: Json, tool = 'charge', fill: Fill<'tool-returned'> = {}): Draft =>
  happened('tool-returned', { call, tool, attempt: 1, outcome: 'ok', digest: '', value, ...fill })

type Request = EventMap['request-arrived']
const request = (fill: Partial<Request>): Request => ({
  backend: 'shop',
  operation: 'charge',
  kind: 'write',
  site: `shop.charge#${fill.call ?? 'run'}/a${fill.attempt ?? 1}`,
  input: { orderId: 'A-7' },
  key: undefined,
  call: undefined,
  attempt: undefined,
  ...fill,
})
export const arrived = (fill: Partial<Request> = {}): Draft => happened('request-arrived', request(fill))
export const applied = (effect: number, fill: Fill<'effect-applied'> = {}): Draft =>
  happened('effect-applied', { ...request(fill), effect, once: 'A-7', ...fill })
export const takenBack = (effect: number): Draft => happened('effect-compensated', { ...request({}), effect })
export const replied = (
  outcome: EventMap['request-answered']['outcome'],
  site = 'shop.charge#run/a1',
  status = 200,
): Draft => happened('request-answered', { backend: 'shop', operation: 'charge', site, outcome, status, text: '' })
export const runSettled = (status: EventMap['run-settled']['status'], result: Json | undefined = 'Done.'): Draft =>
  happened('run-settled', { status, reason: '', result })
export const crash: readonly Draft[] = [happened('crash', { epoch: 1 }), happened('restart', { epoch: 2 })]
export const rest = (fill: Partial<EventMap['rest']> = {}): Draft => happened('rest', { open: [], timers: 0, ...fill })
export const faultAt = (type: 'fault-injected' | 'fault-landed', fault: string, site: string): Draft =>
  happened(type, { fault, site, detail: '' })
