/** A scripted model, and somebody who goes on talking to it: for tests of what it says. */

import type { Message } from '../../../src/core/message.js'
import type { ModelAnswer } from '../../../src/core/model.js'
import type { OutcomeKind } from '../../../src/core/outcome.js'
import { modelPort } from '../../../src/sim/model-port.js'
import { readScript, type Script } from '../../../src/sim/script.js'
import { type OnFailure, scriptedModel } from '../../../src/sim/scripted-model.js'
import { stage } from './stage.js'

const look = { name: 'look', description: 'Look', inputSchema: {} }
const script: Script<any> = ({ call, say }) => [
  [call('look', { at: 'A' }), call('look', { at: 'B' })],
  call('look', (seen: (tool: string) => { next: string }) => ({ at: seen('look').next })),
  say('Found it.'),
]

/** Outcome and content for each call of an answer, in order. */
export type Reply = (index: number, call: ModelAnswer['calls'][number]) => readonly [OutcomeKind, unknown]
export const fine: Reply = (index) => ['ok', { next: `C${index}` }]
export const allFail: Reply = () => ['failed', 'no']

export interface Setup {
  readonly onFailure?: OnFailure
  readonly decisions?: readonly (readonly [string, string])[]
  readonly entries?: Script<any>
  /** Shows each call under its place, whatever its id. */
  readonly renames?: boolean
}

/** A model, and a conversation with it that each answer goes on with. */
export function talk({ onFailure = 'any', decisions = [], entries = script, renames = false }: Setup = {}) {
  const on = stage(decisions)
  const scripted = scriptedModel(
    on.setting,
    { entries: readScript(entries), policy: undefined, onFailure },
    () => false,
  )
  const model = modelPort(on.setting, scripted, 60_000)
  const messages: Message[] = [
    { role: 'system', text: 'Find it.' },
    { role: 'user', text: 'Go.' },
  ]
  let turn = 0
  const ask = (history: readonly Message[] = messages, tools = [look], attempt = 1): Promise<ModelAnswer> =>
    model.answer({ messages: history, tools, signal: new AbortController().signal, turn: turn + 1, attempt })
  const say = async (reply: Reply): Promise<ModelAnswer> => {
    const answer = await ask()
    turn++
    const calls = answer.calls.map((call, at) => (renames ? { ...call, id: `t${turn}.c${at}` } : call))
    messages.push({ role: 'assistant', text: answer.text, calls })
    const results = calls.map((call, index) => {
      const [outcome, content] = reply(index, call)
      return { id: call.id, tool: call.tool, outcome, content: JSON.stringify(content) }
    })
    if (results.length > 0) messages.push({ role: 'tool', results })
    return answer
  }
  return { ...on, ask, say, messages, scripted }
}

export const told = (answer: ModelAnswer): string =>
  answer.calls.map((call) => `${call.tool} ${call.arguments}`).join(', ') || answer.text
