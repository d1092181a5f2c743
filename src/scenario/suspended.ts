/** An agent in a world where one call of its tools may have questions, whatever its author knows of it: at most once in a trial. */

import { type Agent, wrapTools } from '../agent/agent.js'
import type { Json } from '../core/json.js'
import { planFault } from '../sim/fault/note.js'
import { picker } from '../sim/fault/picker.js'
import { suspend } from '../sim/fault/tool/suspend.js'
import { knownOutcomes, type Setting } from '../sim/setting.js'
import { rootScope } from './host.js'

const faults = [suspend.name]
const site = 'run/suspend'

const payloads: Readonly<Record<string, Json>> = {
  question: 'Shall I?',
  form: { title: 'Before I begin', fields: [{ name: 'why', type: 'text' }] },
}

/** The same agent where nothing is asked. Tools that have questions of their own are left as they are. */
export function suspendedIn<T>(setting: Setting, agent: Agent<T>): Agent<T> {
  const { world } = setting
  const offered = knownOutcomes(setting, faults)
  if (world.tape.pick(site, 'outcome', offered) === 0) return agent
  const pick = picker(world, site, suspend)
  const [which, count] = [Number(pick('which')), Number(pick('count'))]
  const payload = pick('payload')
  const note = planFault(world, suspend.name, site, payload, rootScope(world))
  const seen = new Set<string>()
  let struck: string | undefined
  const asks = (_input: unknown, { length: answered }: readonly Json[], call: string): Json | undefined => {
    seen.add(call)
    if (struck === undefined && seen.size === which && !world.tape.calm) struck = call
    if (call !== struck || answered >= count) return undefined
    note.landed()
    return payloads[payload]
  }
  return wrapTools(agent, (tool) => (tool.asks ? tool : { ...tool, asks }))
}
