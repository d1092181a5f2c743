/** One subagent with several tasks at once: its runs go on side by side, and each must be told as it was. */

import { type PlayedCall, soundAnswer } from '../../play.js'
import { answerAfterMs, type ModelFault, modelFault } from '../model-fault.js'

const name = 'subagent/same-instance'

export const sameInstance: ModelFault = {
  ...modelFault,
  name,
  says: 'The model has a subagent do its task several times over in one answer: the runs of that one agent go on side by side.',
  family: 'subagent',
  on: 'calls',
  when: 'delegates',
  // How many there are in all.
  parameters: { n: ['2', '3', '8'] },
  spoil: ({ played, turn, pick, isSubagent }) => {
    const n = Number(pick('n'))
    const first = played.calls.find(({ tool }) => isSubagent(tool))
    const calls = played.calls.flatMap((one) => (one === first ? tasks(one, n) : [one]))
    return [{ kind: 'answer', answer: soundAnswer({ ...played, calls }, turn), strayed: name }, answerAfterMs]
  },
}

/** The same in other words each time: whoever takes one answer for that of another is seen. */
const tasks = (call: PlayedCall, n: number): readonly PlayedCall[] =>
  Array.from({ length: n }, (_, at) => {
    const { task } = call.input as { readonly task?: unknown }
    return at === 0 ? call : { ...call, input: { task: `${task} (part ${at + 1})` } }
  })
