/** One request to a simulated service: its outcome and its answer time are two choices at one site. */

import type { Implementation } from '../core/backend.js'
import type { Scope } from '../kernel/scope.js'
import type { Answer } from './answer.js'
import { type AnswerTime, answerTime } from './answer-time.js'
import { announce, type Exchange, finish, type Respond } from './exchange.js'
import { faultsOn } from './fault/faults-on.js'
import { type FaultNote, planFault } from './fault/note.js'
import { crashAfter, crashBefore } from './fault/process.js'
import { nominalMs } from './fault/service-fault.js'
import { isTroubleOfProcess, processFaultsAt, strikeProcess } from './process-control.js'
import type { Request, Service } from './service.js'
import { knownOutcomes, outcomes, type Setting } from './setting.js'
import { strike } from './strike.js'

/**
 * Carries one request through the world. `respond` is called at most once, when the answer arrives and its caller still lives;
 * `late` says that it comes after the caller's deadline. Returns whether the caller is deaf to its own abort: with a late
 * answer it must be, or nobody would ever see one.
 */
export function operate(setting: Setting, service: Service, request: Request, scope: Scope, respond: Respond): boolean {
  const implementation = service.definition.operations[request.operation] as Implementation
  const admitted = service.admit(request.operation, request.input)
  announce({ setting, service, implementation, request, scope, respond })
  const sound = 'refusal' in admitted ? request : { ...request, input: admitted.input }
  const exchange = {
    setting,
    service,
    implementation,
    request: sound,
    scope,
    respond,
    flight: service.flights.begin(sound, scope),
  }
  if ('refusal' in admitted) {
    finish(exchange, nominalMs, admitted.refusal)
    return false
  }
  return isTroubled(exchange) ? false : choose(exchange)
}

/** Answered by what goes on striking many requests, or the service, without a choice. */
function isTroubled(exchange: Exchange): boolean {
  const { setting, service, request, respond } = exchange
  const struck = setting.weather?.service(request, service.name)
  if (struck !== undefined) {
    if (struck === 'crash') setting.crash?.()
    else finish(exchange, nominalMs, struck)
    return true
  }
  const trouble = setting.world.tape.calm ? undefined : service.troubles.next(request)
  if (!trouble) return false
  finish(exchange, trouble.lasting.delayMs, trouble.lasting.answer, false, (answer, late) => {
    trouble.note.landed()
    respond(answer, late)
  })
  return true
}

function choose(exchange: Exchange): boolean {
  const { setting, request, scope } = exchange
  const alternatives = alternativesOf(exchange)
  const chosen = alternatives[setting.world.tape.pick(request.site, 'outcome', alternatives)] as string
  if (chosen === 'ok') return answerInTime(exchange)
  const note = planFault(setting.world, chosen, request.site, '', scope)
  if (chosen === crashBefore || chosen === crashAfter) {
    crashAround(exchange, chosen, note)
    return true
  }
  if (isTroubleOfProcess(chosen)) {
    note.injected()
    strikeProcess(setting, chosen, request.site, note)
    return answerInTime(exchange)
  }
  strike(exchange, chosen, note)
  return false
}

function answerInTime(exchange: Exchange): boolean {
  const { setting, service, implementation, request, scope, respond } = exchange
  const { world } = setting
  const usualMs = nominalMs * (setting.weather?.slower(request.site) ?? 1)
  const time = answerTime(world, request.site, usualMs, scope.deadline)
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
    finish(exchange, time.delayMs, () => service.carryOut(request, 'all'), time.late, delivered)
    return time.late
  }
  const effectMs = time.class === 'after-run' ? time.delayMs - 1 : time.late ? nominalMs / 2 : time.delayMs / 2
  world.timer(effectMs, () => {
    const answer = service.carryOut(request, 'all')
    finish(exchange, (time.delayMs as number) - effectMs, answer, time.late, delivered)
  })
  return time.late
}

function timeFault(time: AnswerTime): string | undefined {
  if (time.class === 'nominal') return undefined
  if (time.class === 'never') return 'tool/hang'
  return time.late ? 'tool/late-result' : 'tool/delay'
}

function alternativesOf({ setting, service, implementation, request }: Exchange): readonly string[] {
  const crashes = processFaultsAt(setting, implementation.kind)
  const known = faultsOn(implementation, service, request, setting.allow)
  const own = service.faults.filter((fault) => fault.operation === request.operation)
  if (own.length === 0) return knownOutcomes(setting, known, crashes)
  return outcomes(setting, [...known, ...own.map((fault) => fault.name)], crashes)
}

function crashAround({ setting, service, request }: Exchange, chosen: string, note: FaultNote): void {
  note.injected()
  if (chosen === crashAfter) service.carryOut(request, 'all')
  note.landed()
  setting.crash?.()
}
