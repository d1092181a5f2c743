/** Which call of the script a prompt shows, where its id does not say so: by what the model has sent under other ids. */

import { canonical } from '../core/json.js'
import type { ProposedCall } from '../core/message.js'
import { type CallId, callId, parseCallId } from './call-id.js'

export interface SaidCalls {
  /** The model sends this call under `id` instead of its own id. */
  note(call: ProposedCall, id: string): void
  /** Undefined for calls of others. `position`: how far the script had come before this call. */
  find(call: ProposedCall, position: number): CallId | undefined
  /** Whether the model has used an id that is not its call's own. */
  isForeign(id: string): boolean
}

export function saidCalls(): SaidCalls {
  const said = new Map<string, Map<string, CallId>>()
  const foreign = new Set<string>()
  return {
    isForeign: (id) => foreign.has(id),
    note: (call, id) => {
      const own = parseCallId(call.id)
      if (!own) return
      foreign.add(id)
      const what = whatOf(call)
      const known = said.get(what) ?? new Map<string, CallId>()
      said.set(what, known.set(callId(own), own))
    },
    find: (call, position) => {
      const own = parseCallId(call.id)
      if (own || said.size === 0) return own
      const known = [...(said.get(whatOf(call))?.values() ?? [])]
      // A call that comes again may be one turn behind.
      return known.find(({ entry }) => entry >= position - 1) ?? known.at(-1)
    },
  }
}

const whatOf = ({ tool, arguments: text }: ProposedCall): string => `${tool} ${meaning(text)}`

function meaning(text: string): string {
  try {
    return canonical(JSON.parse(text))
  } catch {
    return text
  }
}
