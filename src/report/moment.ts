/** Where a trial stood after one of its events: told from the history alone, so it can be asked of any agent. */

import { type FoldedLedger, foldLedger } from '../check/ledger-fold.js'
import type { AnyEvent, EventOf, RunStatus } from '../core/event.js'
import type { Message } from '../core/message.js'

export interface Moment {
  /** The last event that has happened. */
  readonly at: AnyEvent
  readonly state: State
  /** The last prompt that reached the model; undefined before the first. */
  readonly prompt: readonly Message[] | undefined
  readonly ledger: FoldedLedger
}

export interface State {
  readonly run: 'not-started' | 'running' | 'waiting' | RunStatus
  /** Which life of the process, from 1. */
  readonly life: number
  /** The turn of the last prompt, from 1. */
  readonly turn: number
  /** Calls that were begun and have not settled: `t2.c0 refundOrder, attempt 2`. */
  readonly openCalls: readonly string[]
  /** Calls that settled with nobody knowing whether they happened. */
  readonly inDoubt: readonly string[]
  /** Requests that services have received and not answered, by site. */
  readonly openRequests: readonly string[]
  /** Approvals asked for and neither decided nor expired. */
  readonly awaited: readonly string[]
  /** Breakers that are not closed: `shop open`. */
  readonly breakers: readonly string[]
}

/** `through`: the `seq` of the last event to count; `events` hold at least one that is no later. */
export function momentAt(events: readonly AnyEvent[], through: number): Moment {
  const past = events.filter(({ seq }) => seq <= through)
  const fold = foldLedger([])
  for (const event of past) fold.apply(event)
  const prompt = past.findLast((event) => event.type === 'prompt-received')
  return { at: past.at(-1) as AnyEvent, state: stateOf(past), prompt: prompt?.messages, ledger: fold.ledger }
}

interface Growing {
  run: State['run']
  turn: number
  readonly openCalls: Map<string, string>
  readonly inDoubt: Map<string, string>
  readonly openRequests: Set<string>
  readonly awaited: Map<string, string>
  readonly breakers: Map<string, string>
}

/** After each event in turn, the state then: of those events that can change it. */
export function* statesOf(events: readonly AnyEvent[]): Generator<readonly [event: AnyEvent, state: State]> {
  const growing = nothingYet()
  let life = 1
  for (const event of events) {
    if (!(event.type in grow) && event.incarnation === life) continue
    life = event.incarnation
    apply(growing, event)
    yield [event, snapshot(growing, life)]
  }
}

function stateOf(past: readonly AnyEvent[]): State {
  const growing = nothingYet()
  for (const event of past) apply(growing, event)
  return snapshot(growing, past.at(-1)?.incarnation ?? 1)
}

const nothingYet = (): Growing => ({
  ...{ run: 'not-started', turn: 0, openCalls: new Map(), inDoubt: new Map() },
  ...{ openRequests: new Set(), awaited: new Map(), breakers: new Map() },
})

const apply = (growing: Growing, event: AnyEvent): void =>
  (grow[event.type] as ((to: Growing, event: AnyEvent) => void) | undefined)?.(growing, event)

function snapshot(growing: Growing, life: number): State {
  return {
    run: growing.run,
    life,
    turn: growing.turn,
    openCalls: [...growing.openCalls.values()],
    inDoubt: [...growing.inDoubt.values()],
    openRequests: [...growing.openRequests],
    awaited: [...growing.awaited.values()],
    breakers: [...growing.breakers].filter(([, to]) => to !== 'closed').map(([key, to]) => `${key} ${to}`),
  }
}

const settled = (to: Growing, { call, tool, outcome }: EventOf<'call-settled'>): void => {
  to.openCalls.delete(call)
  if (outcome === 'unknown') to.inDoubt.set(call, `${call} ${tool}`)
}

const grow: { readonly [K in AnyEvent['type']]?: (to: Growing, event: EventOf<K>) => void } = {
  'run-start': (to) => {
    to.run = 'running'
  },
  'run-resume': (to) => {
    to.run = 'running'
  },
  'run-waiting': (to) => {
    to.run = 'waiting'
  },
  'run-end': (to, { status }) => {
    to.run = status
  },
  'prompt-received': (to, { turn }) => {
    to.turn = turn
  },
  'batch-open': (to, { calls }) => {
    for (const { call, tool } of calls) to.openCalls.set(call, `${call} ${tool}`)
  },
  'attempt-start': (to, { call, tool, attempt }) =>
    void to.openCalls.set(call, `${call} ${tool}${attempt > 1 ? `, attempt ${attempt}` : ''}`),
  'call-rejected': (to, { call }) => void to.openCalls.delete(call),
  'call-settled': settled,
  'call-reconciled': (to, { call, answer }) => {
    if (answer !== 'unknown') to.inDoubt.delete(call)
  },
  'request-arrived': (to, { site }) => void to.openRequests.add(site),
  'request-answered': (to, { site }) => void to.openRequests.delete(site),
  'approval-requested': (to, { approval, tool, approvers }) =>
    void to.awaited.set(approval, `${tool}: ${approvers.join(', ')}`),
  'approval-decided': (to, { approval }) => void to.awaited.delete(approval),
  'approval-expired': (to, { approval }) => void to.awaited.delete(approval),
  'breaker-moved': (to, { key, to: now }) => void to.breakers.set(key, now),
}
