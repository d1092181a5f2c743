/** A fault strikes a request: what comes back instead of the service's own answer, and when. */

import { copy } from '../core/json.js'
import { type Answer, sameAnswer } from './answer.js'
import { drawFrom } from './draw.js'
import { type Exchange, finish, handOver } from './exchange.js'
import { customFaultOf } from './fault/define-fault.js'
import type { FaultNote } from './fault/note.js'
import { picker } from './fault/picker.js'
import { type Blow, nominalMs, spoil } from './fault/service-fault.js'
import { serviceFaults } from './fault/tool.js'
import { offeredIn } from './offered-tools.js'

export function strike(exchange: Exchange, chosen: string, note: FaultNote): void {
  const { setting, service, request, implementation, respond } = exchange
  const fault = serviceFaults.find(({ name }) => name === chosen)
  note.injected(fault?.waives?.(implementation))
  const { answer, delayMs, instead, atOnce, overtakes, afterwards, lasts } = fault
    ? fault.strike({
        service,
        request,
        tools: offeredIn(setting.world),
        pick: picker(setting.world, request.site, fault),
      })
    : strikeOfOwn(exchange, chosen)
  if (lasts) service.troubles.begin(lasts, request, note)
  if (afterwards)
    setting.world.timer(afterwards.inMs, () => {
      if (afterwards.deliver()) note.landed()
    })
  if (overtakes) overtakes.behind = { flight: exchange.flight, passed: note.landed }
  const own = typeof answer === 'function' ? answer : () => answer
  const delivered = (final: Answer, late: boolean): void => {
    if (instead === undefined || !sameAnswer(own(), instead)) note.landed()
    respond(final, late)
  }
  if (atOnce) handOver(exchange, own(), false, delivered)
  else finish(exchange, delayMs, answer, false, delivered)
}

function strikeOfOwn({ setting, service, request }: Exchange, name: string): Blow {
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
