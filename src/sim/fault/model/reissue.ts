/** What was called before is proposed once more, as a new call. */

import { canonical } from '../../../core/json.js'
import { soundAnswer } from '../../play.js'
import type { EarlierCall } from '../../prompt.js'
import { answerAfterMs, type ModelFault, modelFault } from '../model-fault.js'

const name = 'model/reissue'

export const reissue: ModelFault = {
  ...modelFault,
  name,
  says: 'The model proposes an earlier call once more: one that failed or may have happened, or one that it was told is done.',
  on: 'any',
  when: 'later',
  parameters: { after: ['unknown', 'ok'], 'new-key': ['no', 'yes'] },
  spoil: ({ turn, pick, earlier }) => {
    const known = earlier()
    // What was tried again since, and is done, did not fail.
    const done = new Set(known.filter(({ hasFailed }) => !hasFailed).map(whatOf))
    const isWanted = pick('after') === 'ok'
    const chosen = known.findLast((one) => done.has(whatOf(one)) === isWanted) ?? (known.at(-1) as EarlierCall)
    const { id, call } = chosen
    const isDone = done.has(whatOf(chosen))
    const meant: unknown = JSON.parse(call.arguments)
    const input = pick('new-key') === 'yes' ? underNewKey(meant) : meant
    const again = { text: '', calls: [{ tool: call.tool, input, entry: id.entry, planned: id.planned }] }
    // To try again what failed is no other task: it is for the agent to see that it is the same.
    return [{ kind: 'answer', answer: soundAnswer(again, turn), ...(isDone && { strayed: name }) }, answerAfterMs]
  },
}

const whatOf = ({ call }: EarlierCall): string => `${call.tool} ${canonical(JSON.parse(call.arguments))}`

const key = /key|nonce|request_?id/i

/** The same in another order, under another key where it has one. */
function underNewKey(input: unknown): unknown {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return input
  const fields = Object.entries(input).map(([name, value]) => [
    name,
    key.test(name) && typeof value === 'string' ? `${value}-again` : value,
  ])
  return Object.fromEntries(fields.reverse())
}
