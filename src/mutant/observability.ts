/** Mutants of what a log shows, and of what it hides. */

import { withParts } from '../agent/agent.js'
import { checkOutput, outcomeOf } from '../agent/validity.js'
import { isSecretName, mask } from '../core/mask.js'
import { ok } from '../core/outcome.js'
import { isToolFailure } from '../core/tool.js'
import type { Mutant } from './mutant.js'

/** As many characters as it takes to tell one secret from another. */
const keptOfSecret = 12

export const observabilityMutants: readonly Mutant[] = [
  {
    name: 'one-trace-per-call',
    breaks: 'Of a call that is tried again only the last attempt is recorded with its ending.',
    killedBy: ['attempt-auditable'],
    change: (agent) =>
      withParts(agent, {
        recorded: (events) =>
          events.some(({ type }) => type === 'retry-scheduled')
            ? events.filter(({ type }) => type !== 'attempt-end')
            : events,
      }),
  },
  {
    name: 'trace-truthiness',
    breaks: 'A value that is falsy is shown as if there were none.',
    killedBy: ['trace-fidelity'],
    change: (agent) => withParts(agent, { mask: (value, secrets) => (value ? mask(value, secrets) : null) }),
  },
  {
    name: 'mask-by-top-level-key',
    breaks: 'Only secret fields at the top are masked, and the beginning of each is shown.',
    killedBy: ['secret-redaction'],
    change: (agent) => withParts(agent, { mask: maskTopLevel }),
  },
  {
    name: 'swallowed-exception',
    breaks: 'A connection that broke gives an empty result.',
    killedBy: ['fault-accounting'],
    change: (agent) =>
      withParts(agent, {
        outcomeOf: (ending, tool) =>
          ending.kind === 'threw' && !isToolFailure(ending.error) ? ok('') : outcomeOf(ending, tool),
        checkOutput: (tool, value) => (value === '' ? ok('') : checkOutput(tool, value)),
      }),
  },
  {
    name: 'logger-throws-through',
    breaks: 'What a sink throws is thrown at the run that told it.',
    killedBy: ['observer-neutrality'],
    change: (agent) => withParts(agent, { tell: (sink, line) => void sink.log(line) }),
  },
  {
    name: 'mask-keeps-the-beginning',
    breaks: 'Of each secret field the beginning is shown, as if it told nothing.',
    killedBy: ['secret-redaction'],
    change: (agent) => withParts(agent, { mask: maskEnds }),
  },
]

function maskEnds(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, field]) => [name, isSecretName(name) ? beginningOf(field) : maskEnds(field)]),
  )
}

const beginningOf = (secret: unknown): string => `${String(secret).slice(0, keptOfSecret)}…`

function maskTopLevel(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  const fields = Object.entries(value).map(([name, field]) => [name, isSecretName(name) ? beginningOf(field) : field])
  return Object.fromEntries(fields)
}
