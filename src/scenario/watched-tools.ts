/** Knowing which call acts: the tools of an agent written elsewhere are replaced in place, once a process, by wrappers that are the originals outside a simulation. */

import { scopes } from '../box/scopes.js'
import { digest } from '../core/digest.js'
import { isJson, type Json } from '../core/json.js'
import type { Tools } from '../core/tool.js'
import { isAlive, type Scope } from '../kernel/scope.js'
import type { World } from '../kernel/world.js'
import { pathOfId } from '../sim/call-id.js'

type Execute = (this: unknown, input: unknown, ...rest: unknown[]) => unknown

const wrapped = Symbol.for('stormproof.watched-tool')

/** What one trial knows of its tool calls. */
export interface CallMemory {
  /** Provider ids of calls whose tool threw. */
  readonly failed: Set<string>
  readonly attempts: Map<string, number>
}

const slot = Symbol('call memory')

export function rememberCalls(world: World): CallMemory {
  const memory: CallMemory = { failed: new Set(), attempts: new Map() }
  world.kept.set(slot, memory)
  return memory
}

export function watchTools(tools: Tools): void {
  for (const [name, tool] of Object.entries(tools)) {
    const execute = (tool as { execute?: Execute }).execute
    if (typeof execute !== 'function' || wrapped in execute) continue
    ;(tool as { execute: Execute }).execute = Object.assign(watched(name, execute), { [wrapped]: true })
  }
}

function watched(name: string, execute: Execute): Execute {
  return function (this: unknown, input, ...rest) {
    const scope = scopes.current()
    const id = idIn(rest)
    const call = id === undefined ? undefined : pathOfId(id)
    if (!scope || !isAlive(scope) || call === undefined) return execute.call(this, input, ...rest)
    const memory = scope.world.kept.get(slot) as CallMemory | undefined
    const attempt = (memory?.attempts.get(call) ?? 0) + 1
    memory?.attempts.set(call, attempt)
    const own: Scope = { ...scope, lane: `${call}/a${attempt}`, call, attempt }
    return observe(own, name, id as string, memory, () => execute.call(this, input, ...rest))
  }
}

/** AI SDK: `toolCallId` in the second argument; OpenAI Agents: `toolCall.callId` in the third. */
function idIn(rest: readonly unknown[]): string | undefined {
  for (const value of rest) {
    if (typeof value !== 'object' || value === null) continue
    const { toolCallId, toolCall } = value as { toolCallId?: unknown; toolCall?: { callId?: unknown } }
    const id = toolCallId ?? toolCall?.callId
    if (typeof id === 'string') return id
  }
  return undefined
}

function observe(scope: Scope, tool: string, id: string, memory: CallMemory | undefined, body: () => unknown): unknown {
  const base = { call: scope.call as string, tool, attempt: scope.attempt as number }
  const threw = (error: unknown): never => {
    memory?.failed.add(id)
    if (isAlive(scope))
      scope.world.emit(
        'tool-returned',
        { ...base, outcome: 'threw', digest: '', text: error instanceof Error ? error.name : typeof error },
        scope.lane,
      )
    throw error
  }
  const returned = (value: unknown): unknown => {
    if (isAlive(scope))
      scope.world.emit(
        'tool-returned',
        { ...base, outcome: 'ok', digest: digest(value), ...(isJson(value) ? { value: value as Json } : {}) },
        scope.lane,
      )
    return value
  }
  return scopes.run(scope, () => {
    let result: unknown
    try {
      result = body()
    } catch (error) {
      return threw(error)
    }
    return result instanceof Promise ? result.then(returned, threw) : returned(result)
  })
}
