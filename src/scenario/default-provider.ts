/** Models that are named by a string (`model: 'openai/gpt-5'`): the AI SDK asks a provider on `globalThis` for them, and in a simulation that is ours. */

import { scriptedLanguageModel } from '../adapter/ai-sdk.js'
import { StormproofError } from '../core/error.js'

const scripted = {
  specificationVersion: 'v3',
  languageModel: (modelId: string) => scriptedLanguageModel({ modelId }),
  embeddingModel: (modelId: string) => refuse('embedding', modelId),
  imageModel: (modelId: string) => refuse('image', modelId),
}

const global = globalThis as { AI_SDK_DEFAULT_PROVIDER?: unknown }
let holders = 0

/** Stands in until the returned function is called, for whoever holds it longest. A provider that the agent has set itself is left alone. */
export function provideModels(): () => void {
  if (holders++ === 0) global.AI_SDK_DEFAULT_PROVIDER ??= scripted
  let held = true
  return () => {
    if (!held) return
    held = false
    if (--holders === 0 && global.AI_SDK_DEFAULT_PROVIDER === scripted) delete global.AI_SDK_DEFAULT_PROVIDER
  }
}

function refuse(what: string, modelId: string): never {
  throw new StormproofError('scenario', `the ${what} model ${JSON.stringify(modelId)} is not simulated`, {
    remedy: 'give the agent a model that asks a host, and simulate the host as a backend',
  })
}
