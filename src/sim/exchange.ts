/** One request and what comes of it: its way back to the caller, and what the world sees of that. */

import type { Implementation } from '../core/backend.js'
import type { Json } from '../core/json.js'
import type { OutcomeKind } from '../core/outcome.js'
import { isAlive, type Scope } from '../kernel/scope.js'
import { type Answer, wordsOf } from './answer.js'
import { type FaultNote, planFault } from './fault/note.js'
import { strayed } from './fault/transport/id-collide.js'
import type { Flight } from './flight.js'
import type { Request, Service } from './service.js'
import type { Setting } from './setting.js'

export type Respond = (answer: Answer, late: boolean) => void

export interface Exchange {
  readonly setting: Setting
  readonly service: Service
  readonly implementation: Implementation
  readonly request: Request
  readonly scope: Scope
  readonly flight: Flight
  /** Called at most once, when the answer arrives and its caller still lives. */
  readonly respond: Respond
}

export function announce({ setting, service, implementation, request, scope }: Omit<Exchange, 'flight'>): void {
  setting.world.emit(
    'request-arrived',
    {
      backend: service.name,
      operation: request.operation,
      kind: implementation.kind,
      site: request.site,
      input: request.input,
      key: request.key,
      call: request.call,
      attempt: request.attempt,
      ...(request.where ? { where: request.where } : {}),
    },
    scope.lane,
  )
}

/** Schedules the answer, and hands it over if its caller still lives. `late`: it comes when its caller has stopped waiting. */
export function finish(
  exchange: Exchange,
  delayMs: number,
  answer: Answer | (() => Answer),
  late = false,
  respond = exchange.respond,
): void {
  const { setting, request, scope } = exchange
  const entry = setting.world.complete(request.site, delayMs, () => {
    const own = typeof answer === 'function' ? answer() : answer
    const hand = (): void => handOver(exchange, exchange.flight.strayed ? strayed : own, late, respond)
    inTurn(exchange, () => void (setting.weather?.keeps(hand) || hand()))
  })
  const permute = (hold: number): FaultNote => {
    const note = planFault(setting.world, 'tool/permute', request.site, String(hold), scope)
    note.injected()
    return note
  }
  if (entry.place) {
    // Nobody knows before the first passes it.
    let note: FaultNote | undefined
    entry.onPassed = () => {
      note ??= permute(1)
      note.landed()
    }
  } else if (entry.hold > 0) entry.onPassed = permute(entry.hold).landed
}

/** Now, or after the answer that must come first: which comes, whoever waits for it. */
function inTurn({ service, flight }: Exchange, hand: () => void): void {
  const { behind } = flight
  if (!behind || !service.flights.isOpen(behind.flight)) return hand()
  behind.flight.whenOver.push(() => {
    behind.passed()
    hand()
  })
}

/** Now. */
export function handOver(
  { setting, service, request, scope, flight }: Exchange,
  answer: Answer,
  late: boolean,
  respond: Respond,
): void {
  if (isAlive(scope)) {
    const of = { backend: service.name, operation: request.operation, site: request.site }
    if (answer.kind === 'value' && answer.saw && !late)
      for (const saw of answer.saw)
        setting.world.emit('resource-read', { ...of, call: request.call, attempt: request.attempt, ...saw }, scope.lane)
    setting.world.emit('request-answered', { ...of, ...seenAs(answer, late) }, scope.lane)
    if (answer.kind === 'value' && answer.value !== undefined)
      setting.given?.(request.call ?? request.site, answer.value as Json)
    respond(answer, late)
  }
  service.flights.end(flight)
}

function seenAs(answer: Answer, late: boolean): { outcome: OutcomeKind | 'late'; status: number; text: string } {
  if (late) return { outcome: 'late', status: 200, text: 'after its caller stopped waiting' }
  switch (answer.kind) {
    case 'value':
    case 'body':
      return { outcome: 'ok', status: 200, text: '' }
    case 'refused':
      return { outcome: 'failed', status: answer.status, text: answer.text }
    case 'unreached':
      return { outcome: 'failed', status: 0, text: 'the connection was refused' }
    case 'broken':
      return { outcome: 'unknown', status: answer.status, text: answer.text }
    case 'threw':
      return { outcome: answer.happened ? 'unknown' : 'failed', status: 500, text: wordsOf(answer.error) }
    case 'lost':
      return { outcome: 'unknown', status: 0, text: 'the connection broke without an answer' }
    case 'cut':
      return { outcome: 'unknown', status: 200, text: 'the connection broke in the middle of the answer' }
  }
}
