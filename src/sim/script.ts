/** The script of a simulated model: a plan of turns, each some calls or a text, whose arguments may depend on results already seen. */

import type { Draw } from '../core/backend.js'
import { StormproofError } from '../core/error.js'
import type { InputOf, OutputOf, Tools } from '../core/tool.js'

export interface Turn {
  readonly '~turn': true
}
export interface Call extends Turn {
  readonly '~call': true
}
export type Seen<T extends Tools> = <K extends keyof T & string>(tool: K) => OutputOf<T[K]>
export interface ScriptKit<T extends Tools> {
  call<K extends keyof T & string>(tool: K, input: InputOf<T[K]> | ((seen: Seen<T>) => InputOf<T[K]>)): Call
  say(text: string): Turn
}
/** One entry per turn; an array inside is one turn with several calls. */
export type Script<T extends Tools> = (kit: ScriptKit<T>) => readonly (Turn | readonly [Call, ...Call[]])[]

export interface PolicyRequest {
  readonly messages: readonly { role: string; text: string }[]
  readonly turn: number
}
export type PolicyAnswer = Turn | readonly Call[]
export interface ModelPolicy {
  readonly '~policy': true
}

export interface PlannedCall {
  readonly tool: string
  readonly input: unknown
}
/** An entry as the model plays it: calls, or a text that ends its turn. */
export type Entry = { readonly calls: readonly PlannedCall[] } | { readonly say: string }

export const kit: ScriptKit<Tools> = {
  call: (tool, input) => ({ tool, input }) as unknown as Call,
  say: (text) => ({ say: text }) as unknown as Turn,
}

/** Throws a `scenario` error for an entry that is neither a call, some calls, nor a text. */
export function readScript(script: Script<any>): readonly Entry[] {
  const entries = script(kit as ScriptKit<any>)
  if (!Array.isArray(entries))
    throw new StormproofError('scenario', 'a script must return an array of turns', {
      remedy: 'model: ({ call, say }) => [call(…), say(…)]',
    })
  return entries.map((entry, index) => readEntry(entry, `entry ${index + 1} of the script`))
}

export function readEntry(entry: unknown, name: string): Entry {
  if (Array.isArray(entry) && entry.length > 0 && entry.every(isPlannedCall)) return { calls: entry }
  if (isPlannedCall(entry)) return { calls: [entry] }
  if (typeof entry === 'object' && entry !== null && typeof (entry as { say?: unknown }).say === 'string')
    return entry as Entry
  throw new StormproofError('scenario', `${name} is neither a call nor a text`, {
    remedy: 'use call(tool, input), [call(…), call(…)] or say(text)',
  })
}

function isPlannedCall(value: unknown): value is PlannedCall {
  return (
    typeof value === 'object' && value !== null && typeof (value as PlannedCall).tool === 'string' && 'input' in value
  )
}

/** What stands behind the opaque `ModelPolicy` value. */
export interface PolicyDefinition {
  readonly next: (
    request: PolicyRequest & { tools: readonly { name: string; inputSchema: unknown }[] },
    kit: ScriptKit<Tools>,
    draw: Draw,
  ) => PolicyAnswer
}

/** A model that decides from what it is sent. It must be a pure function of its arguments: chance comes from `draw`. */
export function policy(next: (request: PolicyRequest, kit: ScriptKit<Tools>, draw: Draw) => PolicyAnswer): ModelPolicy {
  const definition: PolicyDefinition = { next }
  return definition as unknown as ModelPolicy
}
