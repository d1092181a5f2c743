/** The research bot of openai/openai-agents-js, unmodified: a planner, searches side by side, and a writer. */

import { defineInvariant, defineScenario, policy } from 'stormproof'

const { ResearchManager } = await import(
  `${process.env['PUBLIC_AGENTS']}/openai-agents-js/examples/research-bot/manager.ts`
)

const searches = ['history', 'prices', 'makers'].map((query) => ({ query, reason: `what of its ${query}` }))
const report = { shortSummary: 'Umbrellas keep.', markdownReport: '# Umbrellas', followUpQuestions: ['And parasols?'] }

/** Who asks is said by the instructions. Each search is answered with a sentence that can be found again. */
const three = policy(({ messages }, { say }) => {
  const [instructions = '', question = ''] = messages.map(({ text }) => text)
  if (instructions.includes('come up with a set of web searches')) return say(JSON.stringify({ searches }))
  if (instructions.includes('senior researcher')) return say(JSON.stringify(report))
  return say(`Found of ${searches.find(({ query }) => question.includes(`Search term: ${query}`))?.query}.`)
})

const restsOnAll = defineInvariant({
  name: 'the report rests on every search',
  says: 'The writer is given what each planned search found, or is told that it is missing.',
  start: () => null,
  on: {
    'prompt-received': (_state, { messages }, { skip, held, broken }) => {
      const text = JSON.stringify(messages)
      if (!text.includes('Summarized search results')) return skip
      const missing = searches.filter(({ query }) => !text.includes(`Found of ${query}.`)).map(({ query }) => query)
      return missing.length === 0
        ? held
        : broken(`the search for ${missing.join(' and ')} is missing, and nothing says so`)
    },
  },
})

export default defineScenario<{}, {}, string>({
  name: 'research-bot',
  run: () => new ResearchManager().run('umbrellas').then(() => 'reported'),
  model: three,
  invariants: [restsOnAll],
  success: ({ result }) => result === 'reported',
})
