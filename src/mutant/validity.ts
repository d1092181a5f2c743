/** Mutants of what is taken as it comes: arguments, results and answers that cannot be used. */

import { withParts } from '../agent/agent.js'
import { checkArguments, parseArguments } from '../agent/validity.js'
import { copy, isJson } from '../core/json.js'
import type { ModelAnswer } from '../core/model.js'
import { type Outcome, ok } from '../core/outcome.js'
import { check } from '../core/schema.js'
import { judgeAnswer } from '../core/usable-answer.js'
import type { Mutant } from './mutant.js'

/** What a lenient reader puts behind a text that ends too early. */
const endings = ['}', '"}', '""}', '0}', ']}', '"]}'] as const

export const validityMutants: readonly Mutant[] = [
  {
    name: 'lax-args',
    breaks: 'Arguments that the schema would strip or fill in are taken, and given to the tool as they came.',
    killedBy: ['args-integrity'],
    change: (agent) =>
      withParts(agent, {
        checkArguments: (tool, args) => (check(tool.input, args).ok ? undefined : checkArguments(tool, args)),
      }),
  },
  {
    name: 'repair-truncated-args',
    breaks: 'Arguments that do not parse are closed where they end, and executed.',
    killedBy: ['args-integrity'],
    change: (agent) =>
      withParts(agent, {
        parseArguments: mended,
      }),
  },
  {
    name: 'output-unchecked',
    breaks: 'Whatever a tool returns is its result.',
    killedBy: ['output-validity'],
    change: (agent) =>
      withParts(agent, { checkOutput: (_tool, value) => ok(isJson(value) ? copy(value) : String(value)) }),
  },
  {
    name: 'accumulator-by-index',
    breaks: 'What a failed attempt had said is kept, and the next answer is joined to it, call by call.',
    killedBy: ['stream-integrity'],
    change: (agent) => {
      let kept: ModelAnswer | undefined
      return withParts(agent, {
        judgeAnswer: (answer) => {
          const joined = kept ? joinedTo(kept, answer) : answer
          const outcome = judgeAnswer(joined)
          kept = outcome.kind === 'ok' ? undefined : joined
          return outcome
        },
      })
    },
  },
  {
    name: 'error-frame-is-done',
    breaks: 'However an answer ended, it counts as whole; a call that it was cut off in is left out.',
    killedBy: ['stream-integrity'],
    change: (agent) =>
      withParts(agent, {
        judgeAnswer: (answer): Outcome<ModelAnswer> =>
          judgeAnswer({
            ...answer,
            stop: 'stop',
            calls: answer.calls.filter((call) => parseArguments(call.arguments).ok),
          }),
      }),
  },
  {
    name: 'cut-args-mended',
    breaks:
      'An answer that was cut at its length counts as whole, and the arguments it was cut in are closed and executed.',
    killedBy: ['stream-integrity'],
    // One decision in two parts: what a cut answer is, and what becomes of the text that was cut.
    change: (agent) =>
      withParts(agent, {
        judgeAnswer: (answer) => judgeAnswer({ ...answer, stop: answer.stop === 'length' ? 'stop' : answer.stop }),
        parseArguments: mended,
      }),
  },
  {
    name: 'calls-merged',
    breaks: 'The calls of an answer are gathered in one place: of several one is left, with the arguments of all.',
    killedBy: ['stream-integrity'],
    change: (agent) =>
      withParts(agent, {
        judgeAnswer: (answer) => {
          const [first, ...rest] = answer.calls
          if (!first || rest.length === 0) return judgeAnswer(answer)
          const all = answer.calls.map((call) => call.arguments).join('')
          return judgeAnswer({ ...answer, calls: [{ ...first, arguments: all }] })
        },
      }),
  },
]

const mended: typeof parseArguments = (text) =>
  ['', ...endings].map((ending) => parseArguments(text + ending)).find((parsed) => parsed.ok) ?? parseArguments(text)

function joinedTo(kept: ModelAnswer, answer: ModelAnswer): ModelAnswer {
  const calls = answer.calls.map((call, index) => ({
    ...call,
    arguments: (kept.calls[index]?.arguments ?? '') + call.arguments,
  }))
  return { ...answer, text: kept.text + answer.text, calls }
}
