/** What an SDK throws that is of another version than what it was given: the way out is ours to know. */

/** Undefined: the error says nothing of versions. */
export function versionRemedy(error: unknown): string | undefined {
  if (!(error instanceof Error) || error.name !== 'AI_UnsupportedModelVersionError') return undefined
  return "AI SDK 5 takes `scriptedLanguageModel({ specification: 'v2' })`; an older one takes a provider that asks its host, as `openai('gpt-5')` does"
}
