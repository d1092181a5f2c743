/** A tool that nobody offered. */

import { answerAfterMs, type ModelFault, modelFault } from '../model-fault.js'
import { breakCall, placeOf, whichCall } from './break-call.js'

export const unknownTool: ModelFault = {
  ...modelFault,
  name: 'model/unknown-tool',
  says: 'The model calls a tool that does not exist.',
  on: 'calls',
  parameters: { name: ['random', 'near-miss', 'empty'], call: whichCall },
  spoil: ({ played, turn, pick }) => {
    const name = pick('name')
    const at = placeOf(played, pick)
    const answer = breakCall(played, turn, (sound) => ({ ...sound, tool: strange(name, sound.tool) }), at)
    return [{ kind: 'answer', answer }, answerAfterMs]
  },
}

function strange(kind: string, tool: string): string {
  if (kind === 'empty') return ''
  return kind === 'near-miss' ? `${tool}_v2` : 'run_anything'
}
