/** Where log lines go, in a world: every line is an event of the history, and a sink that is struck stays so until the storm is over. */

import type { Sink } from '../../core/sink.js'
import { isAlive } from '../../kernel/scope.js'
import { sinkFaults, sinkThrows } from '../fault/observability.js'
import type { Setting } from '../setting.js'
import { type PartBlow, strikePart } from '../struck-part.js'

const slowMs = 60_000

export function sinkIn(setting: Setting, sink: Sink): Sink {
  const { world } = setting
  let blow: PartBlow | undefined
  let cause: string | undefined
  let isKnown = false
  const strike = (): void => {
    isKnown = true
    blow = strikePart(setting, sinkFaults, `sink.${sink.name}`)
    if (blow?.fault === sinkThrows) cause = blow.pick('cause')
  }
  return {
    ...sink,
    log: (line) => {
      const scope = world.scopes.current()
      if (!scope || !isAlive(scope)) return sink.log(line)
      const { level, text, call, result } = line
      const about = { ...(call === undefined ? {} : { call }), ...(result === undefined ? {} : { result }) }
      world.emit('line-logged', { sink: sink.name, level, text, ...about }, 'sink')
      if (!isKnown) strike()
      if (!blow || world.tape.calm) return sink.log(line)
      blow.note.landed()
      if (cause !== undefined) return fail(cause)
      return new Promise((resolve) => world.complete(`sink.${sink.name}`, slowMs, () => resolve(sink.log(line))))
    },
  }
}

function fail(cause: string): unknown {
  if (cause === 'rejects') return Promise.reject(new Error('the sink failed'))
  if (cause === 'throws') throw new Error('the sink failed')
  // Whoever prints what was thrown meets the next trouble.
  throw Object.create(null)
}
