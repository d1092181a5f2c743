/** What the scripted model would say if nothing misbehaved: its next entry, or its reaction to a failure. */

import type { Message } from '../core/message.js'
import type { ModelAnswer } from '../core/model.js'
import { callId } from './call-id.js'
import type { Failed, Reading } from './prompt.js'
import { seenValue } from './prompt.js'
import type { Entry, PlannedCall } from './script.js'

/** A call with definite arguments, and the place in the script it comes from. */
export interface PlayedCall {
  readonly tool: string
  readonly input: unknown
  readonly entry: number
  readonly planned: number
}

export interface Played {
  readonly text: string
  readonly calls: readonly PlayedCall[]
}

export const say = (text: string): Played => ({ text, calls: [] })

/** Calls that were broken on purpose come again, soundly, before the script goes on. */
export function playOwed(
  reading: Reading,
  entries: readonly Entry[],
  messages: readonly Message[],
  isFailed: Failed,
): Played {
  const chosen = reading.owed.flatMap((id) => {
    const entry = entries[id.entry]
    const call = entry && 'calls' in entry ? entry.calls[id.planned] : undefined
    return call ? [{ call, entry: id.entry, planned: id.planned }] : []
  })
  return play(chosen, messages, isFailed)
}

export function playEntry(entry: Entry, position: number, messages: readonly Message[], isFailed: Failed): Played {
  if ('say' in entry) return say(entry.say)
  return play(
    entry.calls.map((call, planned) => ({ call, entry: position, planned })),
    messages,
    isFailed,
  )
}

/** The calls that failed, once more, with the arguments they had. */
export function playAgain(reading: Reading): Played {
  return {
    text: '',
    calls: reading.failed.map(({ id, call }) => ({
      tool: call.tool,
      input: JSON.parse(call.arguments) as unknown,
      entry: id.entry,
      planned: id.planned,
    })),
  }
}

const givingUp = 'I cannot go on without '

/** What the model had to go on without, if that is what a text of its says. */
export const missingIn = (text: string): string | undefined =>
  text.startsWith(givingUp) ? text.slice(givingUp.length, -1) : undefined

function play(
  calls: readonly { call: PlannedCall; entry: number; planned: number }[],
  messages: readonly Message[],
  isFailed: Failed,
): Played {
  let missing = 'what an earlier result should have held'
  const seen = (tool: string): unknown => {
    const found = seenValue(messages, tool, isFailed)
    if (found) return found.value
    missing = `the result of ${tool}`
    throw new Error(missing)
  }
  try {
    return {
      text: '',
      calls: calls.map(({ call, entry, planned }) => ({
        tool: call.tool,
        input: definite(call, seen),
        entry,
        planned,
      })),
    }
  } catch {
    // A script reads fields of results: when one never came, or came as garbage, the model gives up with a sentence.
    return say(`${givingUp}${missing}.`)
  }
}

function definite(call: PlannedCall, seen: (tool: string) => unknown): unknown {
  const input: unknown = typeof call.input === 'function' ? call.input(seen) : call.input
  // Through JSON, as a model's arguments are: a field that is undefined is a result that was not there.
  if (Object.values(input as object).includes(undefined)) throw new Error('an argument is undefined')
  return input
}

/** Usage is a function of the sizes, so that budgets see numbers that grow as real ones do. */
export function soundAnswer(played: Played, turn: number): ModelAnswer {
  const calls = played.calls.map((call, index) => ({
    id: callId({ turn, index, entry: call.entry, planned: call.planned, broken: false }),
    tool: call.tool,
    arguments: JSON.stringify(call.input),
  }))
  const length = calls.reduce((sum, call) => sum + call.arguments.length + call.tool.length, played.text.length)
  return {
    text: played.text,
    calls,
    stop: calls.length > 0 ? 'tool-calls' : 'stop',
    usage: { inputTokens: 100 * turn, outputTokens: 1 + Math.ceil(length / 4) },
  }
}
