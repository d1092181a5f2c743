/** Which tools an agent has in each of its lives: while a call is open, the next life may have another version of its tool. */

import { type Agent, wrapTools } from '../agent/agent.js'
import type { AnyTool } from '../agent/tool.js'
import type { AnyEvent } from '../core/event.js'
import type { Schema } from '../core/schema.js'
import { versionChange } from '../sim/fault/tool/version-change.js'
import type { Setting } from '../sim/setting.js'
import { strikePart } from '../sim/struck-part.js'

const changes = [versionChange] as const

/** `next`: the agent as the life has it that begins now. The first has it as it was defined. */
export function deploymentOf(setting: Setting): { readonly next: <T>(agent: Agent<T>) => Agent<T> } {
  let lives = 0
  return {
    next: (agent) => {
      lives++
      if (lives === 1 || setting.world.tape.calm) return agent
      const open = openTools(setting.world.events)
      // Whom a call is delegated to is an agent of its own, with a session that another version would have to take over.
      const tool = agent.tools.find(({ name, subagent }) => open.has(name) && !subagent)
      const blow = tool && strikePart(setting, changes, `deployment.${tool.name}#life-${lives}`)
      if (!tool || !blow) return agent
      const change = blow.pick('change')
      if (change === 'removed' && isNeeded(agent, tool)) return agent
      // Without a version nobody can see that a schema is another one.
      if (change !== 'schema' || tool.version !== undefined) blow.note.landed()
      return wrapTools(agent, (one) => (one.name === tool.name ? changed(one, change) : one))
    },
  }
}

/** Of calls that were proposed and have not come to their end. */
function openTools(events: readonly AnyEvent[]): ReadonlySet<string> {
  const open = new Map<string, string>()
  for (const event of events) {
    if (event.type === 'batch-open') for (const { call, tool } of event.calls) open.set(call, tool)
    if (event.type === 'call-settled' || event.type === 'call-rejected') open.delete(event.call)
  }
  return new Set(open.values())
}

/** Others name it, or it is the only one: without it the agent would be none. */
const isNeeded = ({ tools, toolsAt }: Agent<unknown>, { name }: AnyTool): boolean =>
  toolsAt !== undefined || tools.length === 1 || tools.some(({ fallback }) => fallback === name)

function changed(tool: AnyTool, change: string): AnyTool | undefined {
  if (change === 'removed') return undefined
  if (change === 'version') return { ...tool, version: `${tool.version ?? '1'}-next` }
  return { ...tool, input: other(tool.input) }
}

/** It lets the same through, and says another thing of itself. */
const other = (schema: Schema): Schema => ({
  '~standard': { ...schema['~standard'], vendor: 'another', jsonSchema: undefined } as Schema['~standard'],
})
