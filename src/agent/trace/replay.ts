/** Looking back into a log: what a turn was asked, and where a run stands. */

import { requireThat } from '../../core/definition.js'
import type { LogEvent } from '../../core/event.js'
import type { Message } from '../../core/message.js'
import type { Agent } from '../agent.js'
import { scan } from '../context/context-state.js'
import { promptOf } from '../context/prepare.js'
import { fold } from '../fold.js'
import { type Rules, rulesOf } from '../parts.js'
import { maxLateValues } from '../policy.js'
import type { Run } from '../run.js'
import { RunState, unresolvedCalls } from '../state.js'

/** What the model would be sent in this state. */
export function promptAt(rules: Rules, state: RunState): readonly Message[] {
  if (state.context) scan(state.context, state.messages, rules)
  return promptOf({ ...rules, state } as Run)
}

/**
 * The messages the turn's last model call was sent: equal, byte for byte, to what the model received. Throws a `config`
 * error for a turn the log does not have.
 */
export function replayPrompt(agent: Agent<unknown>, log: readonly LogEvent[], turn: number): readonly Message[] {
  const last = log.findLastIndex((event) => event.type === 'model-call-start' && event.turn === turn)
  requireThat(last >= 0, `the log has no turn ${turn}`, 'ask for a turn that the run reached')
  const rules = rulesOf(agent)
  return promptAt(rules, stateOf(rules, log.slice(0, last + 1)))
}

/** Where a run stands after these events of its log, as plain data: at its end, or at any moment before. */
export function inspect(agent: Agent<unknown>, log: readonly LogEvent[]) {
  const state = stateOf(rulesOf(agent), log)
  const { start, model, batch, saga, breakers, tokens, messages, end } = state
  return {
    session: start?.session,
    status: end?.status ?? (start ? ('running' as const) : ('not-started' as const)),
    turn: model.turn,
    attempts: model.attempts,
    messages: messages.length,
    tokens,
    openCalls: batch && !batch.committed ? batch.calls.filter(({ phase }) => phase !== 'settled').map(pathOf) : [],
    inDoubt: unresolvedCalls(state).map(pathOf),
    lateValuesDropped: Math.max(0, state.lateValues - maxLateValues),
    saga: { status: saga.status, steps: saga.steps.length },
    breakers: [...breakers].map(([key, { kind, failures }]) => ({ key, kind, failures })),
  }
}

const pathOf = ({ intent }: { readonly intent: { readonly call: string } }): string => intent.call

function stateOf(rules: Rules, log: readonly LogEvent[]): RunState {
  const state = new RunState()
  for (const event of log) fold(state, event, rules)
  return state
}
