/** What two prompts share: so that a check reads each message once, not once per prompt. */

import type { Message, ProposedCall, ToolResult } from '../core/message.js'

/** Several checks ask the same of each prompt, one after the other. */
let last: { readonly before: readonly Message[]; readonly now: readonly Message[]; readonly shared: number } | undefined

/** How many leading messages are equal in both. Cheap: most texts are the same string. */
export function sharedPrefix(before: readonly Message[], now: readonly Message[]): number {
  if (last?.now === now && last.before === before) return last.shared
  const most = Math.min(before.length, now.length)
  let shared = 0
  while (shared < most && sameMessage(before[shared]!, now[shared]!)) shared++
  last = { before, now, shared }
  return shared
}

function sameMessage(a: Message, b: Message): boolean {
  if (a === b) return true
  if (a.role === 'tool') return b.role === 'tool' && sameItems(a.results, b.results, sameResult)
  if (b.role === 'tool' || a.role !== b.role || a.text !== b.text) return false
  return a.role !== 'assistant' || b.role !== 'assistant' || sameItems(a.calls, b.calls, sameCall)
}

function sameItems<T>(a: readonly T[], b: readonly T[], same: (a: T, b: T) => boolean): boolean {
  if (a.length !== b.length) return false
  for (let i = 0; i < a.length; i++) if (!same(a[i]!, b[i]!)) return false
  return true
}

const sameResult = (a: ToolResult, b: ToolResult): boolean =>
  a.id === b.id && a.content === b.content && a.outcome === b.outcome && a.tool === b.tool

const sameCall = (a: ProposedCall, b: ProposedCall): boolean =>
  a.id === b.id && a.tool === b.tool && a.arguments === b.arguments
