/** An agent in a world: what its author gave it besides tools (sinks, guards, a summariser) may fail there too. */

import { type Agent, toolNamed } from '../agent/agent.js'
import type { ContextPolicy } from '../core/prompt.js'
import { guardsIn } from '../sim/actor/guard.js'
import { retractionIn } from '../sim/actor/retraction.js'
import { sinkIn } from '../sim/actor/sink.js'
import { summariserIn } from '../sim/actor/summariser.js'
import type { Setting } from '../sim/setting.js'

/** The same agent; those who work for it are left as they are. */
export function partsIn<T>(setting: Setting, agent: Agent<T>): Agent<T> {
  const { sinks, guards, context } = agent
  return {
    ...agent,
    ...(sinks && { sinks: sinks.map((sink) => sinkIn(setting, sink)) }),
    ...(guards && { guards: guardsIn(setting, guards) }),
    ...(context && { context: contextIn(setting, agent, context) }),
  }
}

function contextIn(setting: Setting, agent: Agent<unknown>, context: ContextPolicy): ContextPolicy {
  const { summarise, retract } = context
  const isRead = (name: string): boolean => toolNamed(agent, name)?.effect === 'read'
  return {
    ...context,
    retract: retractionIn(setting, retract, isRead),
    ...(summarise && { summarise: summariserIn(setting, summarise) }),
  }
}
