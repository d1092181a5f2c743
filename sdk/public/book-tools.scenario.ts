/** `tool-call-helpers.ts` of openai/openai-node, unmodified: a streaming tool loop of the SDK itself over three functions in memory. */

import { defineScenario } from 'stormproof'

const script = `${process.env['PUBLIC_AGENTS']}/openai-node/examples/chat-completions/tool-call-helpers.ts`
/** A script says nowhere when it has ended. It has when an hour of its time is over, which takes no time. */
const hourMs = 3_600_000

interface Tools {
  list: { execute(input: { genre: string }): { name: string; id: string }[] }
  search: { execute(input: { name: string }): { name: string; id: string }[] }
  get: { execute(input: { id: string }): { description: string } }
}

export default defineScenario<{}, Tools, string>({
  name: 'book-tools',
  isolate: true,
  // A script runs once a process, for whoever started it.
  faults: { without: ['isolation/concurrent-sessions', 'isolation/shared-cache', 'shape/stampede'] },
  run: async () => {
    const { dir } = console
    let shown = false
    console.dir = () => {
      shown = true
    }
    await import(script)
    await new Promise((resolve) => setTimeout(resolve, hourMs))
    console.dir = dir
    return shown ? 'shown' : 'not shown'
  },
  model: ({ call, say }) => [
    call('search', { name: 'To Kill a Mockingbird' }),
    [call('get', { id: 'a1' }), call('list', { genre: 'historical' })],
    say('Read Where the Crawdads Sing: it too is told by a girl who sees more than she is told.'),
  ],
  // The last thing it does is to show the completion it ended with.
  success: ({ result }) => result === 'shown',
})
