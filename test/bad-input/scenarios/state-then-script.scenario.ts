/** An agent that works once a process: its second run looks like a mistake in the script. */

import OpenAI from 'openai'
import { defineScenario } from 'stormproof'
import { shop } from './agents/shop.ts'

let done = false

async function once(): Promise<string> {
  if (done) return ''
  const { choices } = await new OpenAI().chat.completions.create({
    model: 'gpt-5',
    messages: [{ role: 'user', content: 'Hello' }],
  })
  done = true
  return choices[0]?.message.content ?? ''
}

export default defineScenario({
  name: 'works-once',
  backends: { shop },
  run: once,
  model: ({ say }) => [say('Hello.')],
  success: ({ result }) => result !== '',
})
