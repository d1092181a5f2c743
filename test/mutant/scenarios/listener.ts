/** An agent that reads a streamed answer by hand, frame by frame; or chunk by chunk, as if no chunk ended within a frame. */

import { defineScenario, type Scenario } from 'stormproof'

const ask = { model: 'gpt-5', stream: true, messages: [{ role: 'user', content: 'What is new?' }] }

/** What a frame adds to the text; nothing where it is none that can be read. */
function heardIn(frame: string): string {
  try {
    const { choices } = JSON.parse(frame.replace(/^data: /, '')) as {
      choices: readonly { delta: { content?: string } }[]
    }
    return choices[0]?.delta.content ?? ''
  } catch {
    return ''
  }
}

export const listener = (name: string, minds: 'frames' | 'chunks'): Scenario =>
  defineScenario({
    name,
    model: ({ say }) => [say('Nothing that would be worth a word.')],
    run: async () => {
      const answer = await fetch('https://api.openai.com/v1/chat/completions', {
        method: 'POST',
        body: JSON.stringify(ask),
      })
      const decoder = new TextDecoder()
      let [heard, rest] = ['', '']
      for await (const chunk of answer.body as unknown as AsyncIterable<Uint8Array>) {
        const frames = (rest + decoder.decode(chunk, { stream: true })).split('\n\n')
        rest = minds === 'frames' ? (frames.pop() ?? '') : ''
        heard += frames.map(heardIn).join('')
      }
      return heard
    },
  })
