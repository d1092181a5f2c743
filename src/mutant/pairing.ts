/** Mutants of how a batch is put into the conversation. */

import { withParts } from '../agent/agent.js'
import { messagesOf, render, resultOf } from '../agent/batch-end.js'
import { checkOutput, outcomeOf } from '../agent/validity.js'
import type { Committed } from '../core/event.js'
import { ok } from '../core/outcome.js'
import { isToolFailure, ToolFailure } from '../core/tool.js'
import type { Mutant } from './mutant.js'

/** As many characters of a provider's id as the broken transport keeps. */
const keptOfId = 8

const readsAsError = (text: string | undefined): boolean => /error|fail/i.test(text ?? '')

export const pairingMutants: readonly Mutant[] = [
  {
    name: 'batch-rendered-apart',
    breaks: 'Each call of a batch and each result is rendered as a message of its own, the calls first.',
    killedBy: ['tool-pairing'],
    change: (agent) =>
      withParts(agent, {
        messagesOf: (calls, text, results) => {
          const pairs = calls.map((call, index) => messagesOf([call], text, results.slice(index, index + 1)))
          return [...pairs.map(([proposal]) => proposal!), ...pairs.map(([, answer]) => answer!)]
        },
      }),
  },
  {
    name: 'completion-order-results',
    breaks: 'The results of a batch are committed in the order in which its calls completed.',
    killedBy: ['result-order'],
    change: (agent) =>
      withParts(agent, { resultsOf: (batch, render) => batch.settled.map((call) => resultOf(call, render)) }),
  },
  {
    name: 'results-keyed-by-foreign-id',
    breaks:
      'Results are kept under the id of the provider, as far as the transport keeps it: equal ids share one result.',
    killedBy: ['result-identity'],
    change: (agent) =>
      withParts(agent, {
        resultsOf: (batch, render) => {
          const keyOf = (id: string): string => id.slice(0, keptOfId)
          const byId = new Map(batch.calls.map((call) => [keyOf(call.proposed.id), resultOf(call, render)]))
          return batch.calls.map((call): Committed => {
            const { content, outcome } = byId.get(keyOf(call.proposed.id))!
            return { call: call.intent.call, id: call.intent.id, tool: call.intent.tool, outcome, content }
          })
        },
      }),
  },
  {
    name: 'falsy-result-is-missing',
    breaks: 'A result that is 0, false, "" or null is shown to the model as if there were none.',
    killedBy: ['result-fidelity'],
    change: (agent) =>
      withParts(agent, { render: (call) => (call.outcome === 'ok' && !call.value ? '' : render(call)) }),
  },
  {
    name: 'error-flag-guessed',
    breaks:
      'Whether a tool failed is guessed from the text of what it returned or threw: what it says of itself counts for nothing.',
    killedBy: ['result-fidelity'],
    // One decision in two parts: what is taken for a success need not be what the tool declares.
    change: (agent) =>
      withParts(agent, {
        outcomeOf: (ending, tool) => {
          if (ending.kind === 'returned' && readsAsError(JSON.stringify(ending.value)))
            return outcomeOf({ kind: 'threw', error: new ToolFailure('the result says so', { retry: 'never' }) }, tool)
          if (ending.kind !== 'threw' || !isToolFailure(ending.error)) return outcomeOf(ending, tool)
          return readsAsError(ending.error.message) ? outcomeOf(ending, tool) : ok(ending.error.message)
        },
        checkOutput: (tool, value) => (typeof value === 'string' ? ok(value) : checkOutput(tool, value)),
      }),
  },
  {
    name: 'results-by-position',
    breaks: 'The first result that comes in is taken for the first call of its batch, and so on.',
    killedBy: ['result-identity'],
    change: (agent) =>
      withParts(agent, {
        resultsOf: (batch, render) =>
          batch.calls.map(({ intent: { call, id, tool } }, place): Committed => {
            const { outcome, content } = resultOf(batch.settled[place]!, render)
            return { call, id, tool, outcome, content }
          }),
      }),
  },
  {
    name: 'known-ids-left-out',
    breaks: 'A result under an id that was seen before is taken for a repetition, and left out.',
    killedBy: ['tool-pairing'],
    // One decision in two parts: which id a call has, and which results are shown.
    change: (agent) => {
      const seen = new Set<string>()
      const isNew = ({ id }: Committed): boolean => !seen.has(id) && seen.add(id) !== undefined
      return withParts(agent, {
        idOf: (id) => id,
        messagesOf: (calls, text, results) => messagesOf(calls, text, results.filter(isNew)),
      })
    },
  },
  {
    name: 'results-gathered-by-id',
    breaks: 'Results are gathered by the id of their call over all turns, and each turn shows all of its ids.',
    killedBy: ['tool-pairing'],
    // One decision in two parts: which id a call has, and which results are shown.
    change: (agent) => {
      const gathered: Committed[] = []
      return withParts(agent, {
        idOf: (id) => id,
        messagesOf: (calls, text, results) => {
          gathered.push(...results)
          const ids = new Set(results.map(({ id }) => id))
          return messagesOf(
            calls,
            text,
            gathered.filter(({ id }) => ids.has(id)),
          )
        },
      })
    },
  },
  {
    name: 'cut-call-unanswered',
    breaks: 'A call that was cut off, and of which nobody knows what became, has no result in the conversation.',
    killedBy: ['tool-pairing'],
    change: (agent) =>
      withParts(agent, {
        messagesOf: (calls, text, results) =>
          messagesOf(
            calls,
            text,
            results.filter(({ outcome }) => outcome !== 'unknown'),
          ),
      }),
  },
]
