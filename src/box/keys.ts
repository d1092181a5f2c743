/** What agents find in the environment while they are simulated: a dummy where a key is expected, no real one, no tracing that phones home, and one zone of time. */

import { box } from './shared-box.js'

/** What stands in for every key and token. */
export const dummyKey = 'stormproof-dummy-key'

/** Clients that refuse to be built without these get them; base URLs are left alone. */
const expected = [
  'AI_GATEWAY_API_KEY',
  'ANTHROPIC_API_KEY',
  'AZURE_API_KEY',
  'AZURE_OPENAI_API_KEY',
  'CEREBRAS_API_KEY',
  'COHERE_API_KEY',
  'DEEPSEEK_API_KEY',
  'FIREWORKS_API_KEY',
  'GEMINI_API_KEY',
  'GOOGLE_API_KEY',
  'GOOGLE_GENERATIVE_AI_API_KEY',
  'GROQ_API_KEY',
  'MISTRAL_API_KEY',
  'OPENAI_API_KEY',
  'OPENROUTER_API_KEY',
  'PERPLEXITY_API_KEY',
  'TOGETHER_AI_API_KEY',
  'TOGETHER_API_KEY',
  'XAI_API_KEY',
]
const secret = /_(API_KEY|SECRET|TOKEN)$/

/**
 * Exporters of traces collect over many runs and send when they have enough: what one trial does would come out in another.
 * Undefined: must not be set at all.
 */
const tracing: Readonly<Record<string, string | undefined>> = {
  OPENAI_AGENTS_DISABLE_TRACING: '1',
  LANGCHAIN_TRACING: undefined,
  LANGCHAIN_TRACING_V2: undefined,
  LANGSMITH_TRACING: undefined,
  LANGSMITH_TRACING_V2: undefined,
}

/** An agent that says what hour it is, says the same on every machine. */
const zone = { TZ: 'UTC' } as const

/** Masks keys in `process.env`, switches tracing off, and makes local time UTC, until the returned function is called; holders nest, and the last one to go restores. */
export function maskKeys(): () => void {
  if (box.keys.holders++ === 0) mask()
  let held = true
  return () => {
    if (!held) return
    held = false
    if (--box.keys.holders === 0) restore()
  }
}

function mask(): void {
  const names = new Set([...expected, ...Object.keys(process.env).filter((name) => secret.test(name))])
  const masked = { ...Object.fromEntries([...names].map((name) => [name, dummyKey])), ...tracing, ...zone }
  for (const [name, value] of Object.entries(masked)) {
    box.keys.originals.set(name, process.env[name])
    setVariable(name, value)
  }
}

function restore(): void {
  for (const [name, value] of box.keys.originals) setVariable(name, value)
  box.keys.originals.clear()
}

function setVariable(name: string, value: string | undefined): void {
  if (value === undefined) delete process.env[name]
  else process.env[name] = value
}
