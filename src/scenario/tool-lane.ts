/** A tool of an agent on our runtime, in a world: each attempt has a lane of its own, and its arguments may be written into. */

import { wrapTools } from '../agent/agent.js'
import type { AnyTool } from '../agent/tool.js'
import { scopes } from '../box/scopes.js'
import { digest } from '../core/digest.js'
import { copy, isJson, type Json } from '../core/json.js'
import type { ToolContext } from '../core/tool.js'
import { isAlive, type Scope } from '../kernel/scope.js'
import { mutateArgs } from '../sim/fault/tool/mutate-args.js'
import type { Setting } from '../sim/setting.js'
import { strikePart } from '../sim/struck-part.js'

/** Puts each attempt into its lane, and notes what it returned. */
export function inLanes(setting: Setting, tool: AnyTool): AnyTool {
  const { compensate, reconcile, subagent } = tool
  const wrap = (one: AnyTool): AnyTool => inLanes(setting, one)
  return {
    ...tool,
    ...(subagent ? { subagent: { ...subagent, agent: wrapTools(subagent.agent, wrap) } } : {}),
    execute: (input, context) =>
      inLane(context, (scope) => {
        const given = copy(input)
        noteAnswers(tool.name, context, scope)
        writeInto(setting, tool.name, input, scope)
        return tool.execute(given, context).then((value: unknown) => returned(scope, tool.name, context, value))
      }),
    ...(compensate ? { compensate: (input, context) => inLane(context, () => compensate(copy(input), context)) } : {}),
    ...(reconcile ? { reconcile: (input, context) => inLane(context, () => reconcile(copy(input), context)) } : {}),
  }
}

function noteAnswers(tool: string, { answers = [], attempt, call }: ToolContext, scope: Scope): void {
  if (answers.length === 0 || !isAlive(scope)) return
  scope.world.emit('answers-handed', { call: scope.call ?? call, tool, attempt, answers: copy(answers) }, scope.lane)
}

function returned(scope: Scope, tool: string, context: ToolContext, value: unknown): unknown {
  if (!isAlive(scope)) return value
  scope.world.emit(
    'tool-returned',
    {
      call: scope.call ?? context.call,
      tool,
      attempt: context.attempt,
      outcome: 'ok',
      digest: digest(value),
      ...(isJson(value) ? { value: copy(value) as Json } : {}),
    },
    scope.lane,
  )
  return value
}

const sloppy = [mutateArgs] as const

/** What the runtime handed out is written into; what the tool works with is what it was given. */
function writeInto(setting: Setting, tool: string, input: unknown, scope: Scope): void {
  if (typeof input !== 'object' || input === null) return
  const fields = input as Record<string, unknown>
  const [field] = Object.keys(fields)
  if (field === undefined) return
  const blow = strikePart(setting, sloppy, `tool.${tool}#${scope.lane}`)
  if (!blow) return
  const change = blow.pick('change')
  if (change === 'removed') delete fields[field]
  else fields[change === 'added' ? 'added by the tool' : field] = 'written by the tool'
  blow.note.landed()
}

function inLane<T>(context: ToolContext, body: (scope: Scope) => Promise<T>): Promise<T> {
  const current = scopes.current()
  if (!current) return body(undefined as never)
  // Within a subagent's session, its own calls stand under the call that began it.
  const call = current.call === undefined ? context.call : `${current.call}/${context.call}`
  const scope: Scope = {
    ...current,
    lane: `${call}/a${context.attempt}`,
    call,
    attempt: context.attempt,
    deadline: context.deadline,
  }
  return scopes.run(scope, () => body(scope))
}
