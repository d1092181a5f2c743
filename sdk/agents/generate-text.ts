/** An agent on `generateText` of the AI SDK, at its default route (Responses). Nothing in this file knows stormproof. */

import { openai } from '@ai-sdk/openai'
import { generateText, type LanguageModel, stepCountIs } from 'ai'
import { tools } from './ai-tools.ts'

export async function generateTextAgent(prompt: string, model: LanguageModel = openai('gpt-5')): Promise<string> {
  const { text } = await generateText({ model, tools, prompt, stopWhen: stepCountIs(8) })
  return text
}
