/** Letting a world see what an agent's log lines say: each line a sink is given is an event of the history as well. */

import type { Agent } from '../agent/agent.js'
import { scopes } from '../box/scopes.js'
import type { Sink } from '../core/sink.js'
import { isAlive } from '../kernel/scope.js'

/** The same agent; unchanged when it has no sinks. */
export function watchSinks<T>(agent: Agent<T>): Agent<T> {
  return agent.sinks?.length ? { ...agent, sinks: agent.sinks.map(watched) } : agent
}

function watched(sink: Sink): Sink {
  const { name, content, sampleEvery, retainMs } = sink
  return {
    name,
    ...(content === undefined ? {} : { content }),
    ...(sampleEvery === undefined ? {} : { sampleEvery }),
    ...(retainMs === undefined ? {} : { retainMs }),
    log: (line) => {
      const scope = scopes.current()
      if (scope && isAlive(scope)) {
        const { level, text, call, result } = line
        const about = { ...(call === undefined ? {} : { call }), ...(result === undefined ? {} : { result }) }
        scope.world.emit('line-logged', { sink: name, level, text, ...about }, 'sink')
      }
      return sink.log(line)
    },
  }
}
