/** An agent on `streamText` of the AI SDK, as a route handler returns it: the response itself. Nothing in this file knows stormproof. */

import { anthropic } from '@ai-sdk/anthropic'
import { type LanguageModel, stepCountIs, streamText } from 'ai'
import { tools } from './ai-tools.ts'

export const streamTextAgent = (prompt: string, model: LanguageModel = anthropic('claude-opus-4-8')): Response =>
  streamText({
    model,
    tools,
    prompt,
    stopWhen: stepCountIs(8),
  }).toUIMessageStreamResponse()
