/** One request to a simulated service: its outcome and its answer time are two choices at one site. */

import type { Implementation } from '../core/backend.js'
import { copy } from '../core/json.js'
import type { OutcomeKind } from '../core/outcome.js'
import type { Scope } from '../kernel/scope.js'
import { isAlive } from '../kernel/scope.js'
import { type Answer, sameAnswer } from './answer.js'
import { type AnswerTime, answerTime } from './answer-time.js'
import { drawFrom } from './draw.js'
import { customFaultOf } from './fault/define-fault.js'
import { alsoLeaky, faultsOn } from './fault/faults-on.js'
import { type FaultNote, planFault } from './fault/note.js'
import { secretCanary } from './fault/observability/secret-canary.js'
import { picker } from './fault/picker.js'
import { crashAfter, crashBefore } from './fault/process.js'
import { type Blow, nominalMs, spoil } from './fault/service-fault.js'
import { serviceFaults } from './fault/tool.js'
import type { Request, Service } from './service.js'
import { knownOutcomes, outcomes, type Setting } from './setting.js'

const crashesOfReads = [crashAfter] as const
const crashesOfWrites = [crashBefore, crashAfter] as const

/**
 * Carries one request through the world. `respond` is called at most once, when the answer arrives and its caller still lives;
 * `late` says that it comes after the caller's deadline. Returns whether the caller is deaf to its own abort: with a late
 * answer it must be, or nobody would ever see one.
 */
export function operate(
  setting: Setting,
  service: Service,
  request: Request,
  scope: Scope,
  respond: (answer: Answer, late: boolean) => void,
): boolean {
  const { world } = setting
  const implementation = service.definition.operations[request.operation] as Implementation
  const admitted = service.admit(request.operation, request.input)
  announce(setting, service, implementation, request, scope)
  if ('refusal' in admitted) {
    finish(setting, service, request, scope, nominalMs, admitted.refusal, false, respond)
    return false
  }
  const sound: Request = { ...request, input: admitted.input }
  const alternatives = alternativesOf(setting, service, implementation, sound)
  const chosen = alternatives[world.tape.pick(request.site, 'outcome', alternatives)] as string
  if (chosen === 'ok') return answerInTime(setting, service, implementation, sound, scope, respond)
  const note = planFault(world, chosen, request.site, '', scope)
  note.injected()
  if (chosen === crashBefore || chosen === crashAfter) {
    crashAround(setting, service, sound, chosen, note)
    return true
  }
  const { answer, delayMs, instead } = strike(setting, service, sound, chosen)
  const harmless = instead !== undefined && sameAnswer(answer, instead)
  finish(setting, service, sound, scope, delayMs, answer, false, (delivered, late) => {
    if (!harmless) note.landed()
    respond(delivered, late)
  })
  return false
}

function answerInTime(
  setting: Setting,
  service: Service,
  implementation: Implementation,
  request: Request,
  scope: Scope,
  respond: (answer: Answer, late: boolean) => void,
): boolean {
  const { world } = setting
  const time = answerTime(world, request.site, nominalMs, scope.deadline)
  const note = planFault(world, timeFault(time), request.site, time.class, scope)
  note.injected()
  if (time.delayMs === undefined) {
    // Nothing happens and nobody answers; it has landed when its caller would have had the answer.
    world.timer(nominalMs, note.landed)
    return true
  }
  const delivered = (answer: Answer): void => {
    note.landed()
    respond(answer, time.late)
  }
  if (implementation.kind === 'read') {
    finish(setting, service, request, scope, time.delayMs, () => service.carryOut(request, 'all'), time.late, delivered)
    return time.late
  }
  const effectMs = time.class === 'after-run' ? time.delayMs - 1 : time.late ? nominalMs / 2 : time.delayMs / 2
  world.timer(effectMs, () => {
    const answer = service.carryOut(request, 'all')
    finish(setting, service, request, scope, (time.delayMs as number) - effectMs, answer, time.late, delivered)
  })
  return time.late
}

function timeFault(time: AnswerTime): string | undefined {
  if (time.class === 'nominal') return undefined
  if (time.class === 'never') return 'tool/hang'
  return time.late ? 'tool/late-result' : 'tool/delay'
}

function alternativesOf(
  setting: Setting,
  service: Service,
  implementation: Implementation,
  request: Request,
): readonly string[] {
  const crashes = implementation.kind === 'read' ? crashesOfReads : crashesOfWrites
  const usual = faultsOn(implementation, request.input, service.writes)
  const known = service.definition.secrets.length > 0 ? alsoLeaky(usual) : usual
  const own = service.faults.filter((fault) => fault.operation === request.operation)
  if (own.length === 0) return knownOutcomes(setting, known, crashes)
  return outcomes(setting, [...known, ...own.map((fault) => fault.name)], crashes)
}

function announce(
  setting: Setting,
  service: Service,
  implementation: Implementation,
  request: Request,
  scope: Scope,
): void {
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

/** Schedules the answer, and hands it over if its caller still lives. */
function finish(
  setting: Setting,
  service: Service,
  request: Request,
  scope: Scope,
  delayMs: number,
  answer: Answer | (() => Answer),
  late: boolean,
  respond: (answer: Answer, late: boolean) => void,
): void {
  const { world } = setting
  const entry = world.complete(request.site, delayMs, () => {
    const final = typeof answer === 'function' ? answer() : answer
    if (!isAlive(scope)) return
    world.emit(
      'request-answered',
      { backend: service.name, operation: request.operation, site: request.site, ...seenAs(final, late) },
      scope.lane,
    )
    respond(final, late)
  })
  if (entry.hold > 0) {
    const note = planFault(world, 'tool/permute', request.site, String(entry.hold), scope)
    note.injected()
    entry.onPassed = note.landed
  }
}

function seenAs(answer: Answer, late: boolean): { outcome: OutcomeKind | 'late'; status: number; text: string } {
  if (late) return { outcome: 'late', status: 200, text: 'after its caller stopped waiting' }
  switch (answer.kind) {
    case 'value':
    case 'body':
      return { outcome: 'ok', status: 200, text: '' }
    case 'refused':
      return { outcome: 'failed', status: answer.status, text: answer.text }
    case 'broken':
      return { outcome: 'unknown', status: answer.status, text: answer.text }
    case 'threw':
      return { outcome: answer.happened ? 'unknown' : 'failed', status: 500, text: answer.error.message }
    case 'lost':
      return { outcome: 'unknown', status: 0, text: 'the connection broke without an answer' }
  }
}

function strike(setting: Setting, service: Service, request: Request, chosen: string): Blow {
  const fault = chosen === secretCanary.name ? secretCanary : serviceFaults.find(({ name }) => name === chosen)
  if (!fault) return strikeOfOwn(setting, service, request, chosen)
  return fault.strike({ service, request, pick: picker(setting.world, request.site, fault) })
}

function crashAround(setting: Setting, service: Service, request: Request, chosen: string, note: FaultNote): void {
  if (chosen === crashAfter) service.carryOut(request, 'all')
  note.landed()
  setting.crash?.()
}

function strikeOfOwn(setting: Setting, service: Service, request: Request, name: string): Blow {
  const found = service.faults.find((fault) => fault.name === name)
  const fault = customFaultOf(found as (typeof service.faults)[number])
  const draw = drawFrom(setting.world, `${request.site}/${name}`)
  if (fault.before)
    return {
      answer: { kind: 'threw', error: fault.before(request.input, draw), happened: false },
      delayMs: nominalMs,
    }
  return spoil({ service, request }, (value) => {
    const changed = fault.after?.(copy(value), draw)
    return changed instanceof Error
      ? { kind: 'threw', error: changed, happened: true }
      : { kind: 'value', value: changed }
  })
}
