/** What a call did to the resources of backends, as one unit: whether such units can be put in a row is asked of them. */

import type { EventOf, Intent } from '../core/event.js'

/** One resource, read in a version or written to: the write made the version. */
export interface Touch {
  readonly resource: string
  readonly version: number
  readonly does: 'reads' | 'writes' | 'adds'
  readonly seq: number
}

export interface Unit {
  /** Which run of the session it belongs to. */
  readonly run: number
  /** `t1.c0/t2.c1`, or what takes it back: `t1.c0/t2.c1.undo`. */
  readonly call: string
  readonly tool: string
  readonly touches: readonly Touch[]
  /** Its first effect. */
  readonly acted: number | undefined
  /** Of a call that started when its approval had expired. */
  readonly late: TooLate | undefined
}

export interface TooLate {
  readonly asked: number
  readonly started: number
}

/** The calls of a batch of which some say what they touch or depend on. */
export interface BoundBatch {
  readonly run: number
  readonly calls: readonly Intent[]
}

interface Attempt {
  readonly run: number
  readonly call: string
  touches: Touch[]
  acted: number | undefined
}

/** What took effect and is not answered yet. */
interface Unanswered {
  readonly attempt: Attempt
  readonly seq: number
  readonly touches: readonly Touch[]
}

/** The units of a history, as far as it goes. */
export interface Units {
  run: number
  readonly attempts: Map<string, Attempt>
  /** By site. */
  readonly unanswered: Map<string, Unanswered>
  /** Attempts that ended ok, and the tool of each. */
  readonly ended: Map<string, string>
  /** By call. */
  readonly asked: Map<string, EventOf<'approval-requested'>>
  readonly late: Map<string, TooLate>
  readonly batches: BoundBatch[]
}

export const noUnits = (): Units => ({
  run: 0,
  attempts: new Map(),
  unanswered: new Map(),
  ended: new Map(),
  asked: new Map(),
  late: new Map(),
  batches: [],
})

const undo = '.undo'
export const isUndo = ({ call }: Pick<Unit, 'call'>): boolean => call.endsWith(undo)

/** `t1.c0/t2.c1` → `t1.c0`; empty for the session of the run itself. */
export const sessionOf = (call: string): string => call.slice(0, Math.max(0, call.lastIndexOf('/')))

/**
 * An attempt counts when it ended ok, with what it was answered; a compensation when it was answered. When that happens which was given
 * up, or what takes effect once nobody waits for it any more, no agent can order.
 */
export function wholeUnits({ attempts, ended, late }: Units): readonly Unit[] {
  return [...attempts].flatMap(([name, { run, call, touches, acted }]) => {
    const tool = ended.get(name) ?? (call.endsWith(undo) ? 'what takes it back' : undefined)
    if (tool === undefined || (touches.length === 0 && acted === undefined)) return []
    return [{ run, call, tool, touches, acted, late: late.get(`${run} ${call}`) }]
  })
}

function attemptOf(
  units: Units,
  { call, attempt }: Pick<EventOf<'resource-read'>, 'call' | 'attempt'>,
): Attempt | undefined {
  if (call === undefined || call.endsWith('.reconcile')) return undefined
  const name = nameOf(units, call, attempt)
  const known = units.attempts.get(name)
  if (known) return known
  const fresh: Attempt = { run: units.run, call, touches: [], acted: undefined }
  units.attempts.set(name, fresh)
  return fresh
}

const nameOf = ({ run }: Units, call: string, attempt = 1): string => `${run} ${call}/a${attempt}`

const resourceOf = (backend: string, name: string): string => `${backend} ${JSON.stringify(name)}`

export function noteRead(units: Units, event: EventOf<'resource-read'>): void {
  const attempt = attemptOf(units, event)
  // What an old copy says is in no order with what has been written since, and that is not the agent's doing.
  if (!attempt || event.isStale) return
  const resource = resourceOf(event.backend, event.resource)
  const last = attempt.touches.findLast((touch) => touch.resource === resource)
  // Of what is looked at over and over only the last look counts.
  if (last?.does === 'reads') attempt.touches = attempt.touches.filter((touch) => touch !== last)
  attempt.touches.push({ resource, version: event.version, does: 'reads', seq: event.seq })
}

export function noteEffect(units: Units, event: EventOf<'effect-applied'>): void {
  const { call, wrote = [], adds, backend, seq, site } = event
  if (wrote.length === 0 && !(call !== undefined && units.asked.has(`${units.run} ${call}`))) return
  const attempt = attemptOf(units, event)
  if (!attempt) return
  const does = adds ? 'adds' : 'writes'
  const touches = wrote.map(({ resource, version }): Touch => {
    return { resource: resourceOf(backend, resource), version, does, seq }
  })
  const before = units.unanswered.get(site)
  units.unanswered.set(site, { attempt, seq: before?.seq ?? seq, touches: [...(before?.touches ?? []), ...touches] })
}

export function noteAnswer(units: Units, { site, outcome }: EventOf<'request-answered'>): void {
  const waiting = units.unanswered.get(site)
  if (!waiting || outcome !== 'ok') return
  units.unanswered.delete(site)
  waiting.attempt.touches.push(...waiting.touches)
  waiting.attempt.acted ??= waiting.seq
}

export function noteAttempt(units: Units, event: EventOf<'attempt-start'> & { readonly at?: number }): void {
  const name = `${units.run} ${event.call}`
  const asked = event.attempt === 1 ? units.asked.get(name) : undefined
  if (!asked || (event.at ?? event.vt) < asked.expiresAt) return
  units.late.set(name, { asked: asked.seq, started: event.seq })
}

export function noteEnd(units: Units, { call, attempt, tool, outcome }: EventOf<'attempt-end'>): void {
  if (outcome === 'ok') units.ended.set(nameOf(units, call, attempt), tool.slice(tool.lastIndexOf('/') + 1))
}
