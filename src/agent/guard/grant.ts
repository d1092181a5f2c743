/** The fifth layer: what an agent may do whatever it was told, checked before every execution. */

import { copy, type Json } from '../../core/json.js'
import { type ErrorDetail, refusal } from '../../core/outcome.js'
import type { AdmissionCheck } from '../admission.js'
import type { Rules } from '../parts.js'
import { type AnyTool, changesWorld } from '../tool.js'

/** Whether the input lies in what was granted. No grant, a throw, and what is not true: it does not. */
export function permits(grant: ((input: any) => boolean) | undefined, input: Json): boolean {
  try {
    return grant?.(copy(input)) === true
  } catch {
    return false
  }
}

/** Why this agent may not call the tool with these arguments. Arguments that the schema refuses are left to it. */
export function unauthorised({ agent, parts }: Rules, tool: AnyTool, args: Json): ErrorDetail | undefined {
  const { grants, guards } = agent
  const grant = grants?.[tool.name]
  if (grants && !(grant && parts.checkArguments(tool, args)) && !parts.permits(grant, args)) {
    return refusal(`this agent may not call ${tool.name} with this input`)
  }
  if (guards?.output && parts.leaks(guards, JSON.stringify(args))) {
    return refusal(`the arguments of ${tool.name} hold what must not leave`)
  }
  return undefined
}

export const checkGuards: AdmissionCheck = {
  concerns: ({ agent: { grants, guards } }, tool) =>
    grants !== undefined || guards?.output !== undefined || (guards?.verify !== undefined && changesWorld(tool)),
  check: (run, { call, args = null }, tool) => {
    const refused = unauthorised(run, tool, args)
    if (refused || !run.agent.guards?.verify || !changesWorld(tool) || run.state.vetted.get(call)) return refused
    return refusal(`the verification of ${tool.name} did not pass`)
  },
}
