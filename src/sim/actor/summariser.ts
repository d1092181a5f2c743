/** Whoever sums a conversation up, in a world: what they give may be no summary. */

import type { Summarise } from '../../core/prompt.js'
import { summaryFault } from '../fault/context.js'
import type { Setting } from '../setting.js'
import { type PartBlow, strikePart } from '../struck-part.js'

const garbage: Readonly<Record<string, string>> = {
  empty: ' \n',
  'error-text': '{"error":{"type":"overloaded_error","message":"Overloaded"}}',
  page: '<!doctype html><title>502 Bad Gateway</title>',
}

export function summariserIn(setting: Setting, summarise: Summarise): Summarise {
  const struck = (): PartBlow | undefined => strikePart(setting, [summaryFault], 'context.summarise')
  if (typeof summarise === 'function') {
    return (text, options) => {
      const blow = struck()
      return blow ? failing(blow) : summarise(text, options)
    }
  }
  return {
    '~model': true,
    answer: async (request) => {
      const blow = struck()
      if (!blow) return summarise.answer(request)
      const text = await failing(blow)
      return { text, calls: [], stop: 'stop', usage: { inputTokens: 0, outputTokens: 0 } }
    },
  }
}

async function failing({ note, pick }: PartBlow): Promise<string> {
  const kind = pick('kind')
  note.landed()
  const text = garbage[kind]
  if (text === undefined) throw new Error('the summariser failed')
  return text
}
