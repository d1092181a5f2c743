/** The order that the run itself prescribes: turn after turn, what depends on what, and last what takes things back. */

import { conflictsBefore, serialOrder } from '../core/batch-order.js'
import { turnOf } from './proposed-calls.js'
import type { Pen } from './serial-graph.js'
import { type BoundBatch, isUndo, sessionOf, type Unit } from './serial-unit.js'

const run = { for: 'run' } as const

/** One session: a run, or a subagent within a call of it. */
interface Session {
  readonly turns: Map<number, { readonly starts: number; readonly units: number[]; readonly within: Session[] }>
  readonly undone: number[]
  /** After its turns come its compensations, and then it is over. */
  readonly forward: number
  readonly over: number
}

export function orderRun(units: readonly Unit[], batches: readonly BoundBatch[], pen: Pen): void {
  const sessions = new Map<string, Session>()
  for (const [unit, { run, call }] of units.entries()) {
    const session = sessionAt(sessions, run, sessionOf(call), pen)
    if (isUndo({ call })) session.undone.push(unit)
    else turnAt(session, turnOf(lastStep(call)), pen).units.push(unit)
  }
  for (const session of sessions.values()) orderSession(session, pen)
  if (batches.length === 0) return
  const byCall = new Map<string, number[]>()
  for (const [unit, { run, call }] of units.entries())
    byCall.set(nameOf(run, call), [...(byCall.get(nameOf(run, call)) ?? []), unit])
  for (const batch of batches) orderBatch(batch, byCall, sessions, pen)
}

const lastStep = (call: string): string => call.slice(call.lastIndexOf('/') + 1)
const nameOf = (run: number, session: string): string => `${run} ${session}`

function sessionAt(sessions: Map<string, Session>, run: number, path: string, pen: Pen): Session {
  const name = nameOf(run, path)
  const known = sessions.get(name)
  if (known) return known
  const session: Session = { turns: new Map(), undone: [], forward: pen.join(), over: pen.join() }
  sessions.set(name, session)
  if (path !== '')
    turnAt(sessionAt(sessions, run, sessionOf(path), pen), turnOf(lastStep(path)), pen).within.push(session)
  return session
}

function turnAt({ turns }: Session, turn: number, pen: Pen) {
  const known = turns.get(turn)
  if (known) return known
  const fresh = { starts: pen.join(), units: [], within: [] }
  turns.set(turn, fresh)
  return fresh
}

function orderSession(session: Session, { link }: Pen): void {
  const turns = [...session.turns].sort(([a], [b]) => a - b).map(([, turn]) => turn)
  for (const [place, { starts, units, within }] of turns.entries()) {
    const next = turns[place + 1]?.starts ?? session.forward
    link(starts, next, run)
    for (const unit of units) {
      link(starts, unit, run)
      link(unit, next, run)
    }
    for (const inner of within) {
      link(starts, startOf(inner), run)
      link(inner.over, next, run)
    }
  }
  link(session.forward, session.over, run)
  for (const unit of session.undone) {
    link(session.forward, unit, run)
    link(unit, session.over, run)
  }
}

function startOf({ turns, forward }: Session): number {
  const first = Math.min(...turns.keys())
  return turns.get(first)?.starts ?? forward
}

/** A call comes after those it depends on, and after those before it that touch what it touches. */
function orderBatch(
  { run: number, calls }: BoundBatch,
  byCall: ReadonlyMap<string, readonly number[]>,
  sessions: ReadonlyMap<string, Session>,
  { link }: Pen,
): void {
  const order = serialOrder(calls)
  const nodesOf = (call: string, at: (session: Session) => number): readonly number[] => {
    const within = sessions.get(nameOf(number, call))
    return within ? [at(within)] : (byCall.get(nameOf(number, call)) ?? [])
  }
  for (const intent of order) {
    const conflicting = conflictsBefore(order, intent).map(({ call }) => call)
    for (const earlier of new Set([...(intent.dependsOn ?? []), ...conflicting]))
      for (const from of nodesOf(earlier, ({ over }) => over))
        for (const to of nodesOf(intent.call, startOf)) link(from, to, run)
  }
}
