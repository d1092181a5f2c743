/** A canonical history being read off the wire, message by message. */

import type { Message, ProposedCall, ToolResult } from '../core/message.js'
import type { OutcomeKind } from '../core/outcome.js'

/** Keeps what a wire format leaves implicit: which tool a result belongs to, and which results make one message. */
export class Transcript {
  readonly messages: Message[] = []
  readonly places: number[] = []
  readonly #tools = new Map<string, string>()
  #open: ToolResult[] | undefined
  #openPlace = -1

  add(message: Message, place: number): void {
    this.#open = undefined
    this.messages.push(message)
    this.places.push(place)
    if (message.role === 'assistant') for (const call of message.calls) this.#tools.set(call.id, call.tool)
  }

  assistant(text: string, calls: readonly ProposedCall[], place: number): void {
    this.add({ role: 'assistant', text, calls }, place)
  }

  /** Adds a result to the results just before it; with `within`, only to those of the same wire message. */
  result(id: string, content: string, outcome: OutcomeKind, place: number, within: 'history' | 'message'): void {
    const result: ToolResult = { id, tool: this.#tools.get(id) ?? '', content, outcome }
    if (this.#open && (within === 'history' || this.#openPlace === place)) {
      this.#open.push(result)
      return
    }
    const results = [result]
    this.add({ role: 'tool', results }, place)
    this.#open = results
    this.#openPlace = place
  }
}
