/** Tools as their SDKs make them, put to the test as they are; and schemas of other libraries. */

import { tool as langchainTool } from '@langchain/core/tools'
import { tool as agentsTool } from '@openai/agents'
import { tool as aiTool, jsonSchema } from 'ai'
import { defineTool } from 'stormproof/runtime'
import { checkTool, type ToolCard } from 'stormproof/tool'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'

const url = 'https://pay.example/refunds'
const schema = z.object({ orderId: z.string().min(1), cents: z.number().int().positive() })
type Refund = z.infer<typeof schema>
const parameters = JSON.parse(JSON.stringify(z.toJSONSchema(schema))) as object

/** Sends no key and gives no limit: a lost answer ends in two refunds. */
async function refund({ orderId, cents }: Refund, signal?: AbortSignal): Promise<{ id: string }> {
  const answer = await fetch(url, { method: 'POST', body: JSON.stringify({ orderId, cents }), signal: signal ?? null })
  if (!answer.ok) throw new Error(`refund failed: ${answer.status}`)
  return (await answer.json()) as { id: string }
}

const name = 'refund'
const description = 'Refund an order'
/** A Standard Schema that knows its JSON Schema, of a library that nobody here has heard of. */
const foreign = {
  '~standard': {
    version: 1,
    vendor: 'somebody',
    validate: (value: unknown) => {
      const { success, data, error } = schema.safeParse(value)
      return success ? { value: data } : { issues: error.issues.map(({ message }) => ({ message })) }
    },
    jsonSchema: { input: () => parameters, output: () => parameters },
  },
}

const tools: Readonly<Record<string, readonly [kind: string, tool: unknown]>> = {
  'the AI SDK': [
    'AI SDK tool',
    aiTool({ description, inputSchema: schema, execute: (input, { abortSignal }) => refund(input, abortSignal) }),
  ],
  'the AI SDK, with a JSON Schema': [
    'AI SDK tool',
    aiTool({ description, inputSchema: jsonSchema<Refund>(parameters), execute: (input) => refund(input) }),
  ],
  'OpenAI Agents': [
    'OpenAI Agents tool',
    agentsTool({ name, description, parameters: schema, execute: (input) => refund(input), errorFunction: null }),
  ],
  LangChain: ['LangChain tool', langchainTool((input) => refund(input), { name, description, schema })],
  'this runtime': [
    'stormproof tool',
    defineTool({
      name,
      description,
      effect: 'write',
      input: schema,
      output: z.object({ id: z.string() }),
      execute: (input, { signal }) => refund(input, signal),
    }),
  ],
  'nobody, with a Standard Schema': [
    'function with a schema',
    { input: foreign, execute: (input: Refund) => refund(input) },
  ],
  'nobody, with a JSON Schema': ['function with a schema', { parameters, execute: (input: Refund) => refund(input) }],
}

describe.each(Object.entries(tools))('a tool of %s', (maker, [kind, tool]) => {
  let card: ToolCard | undefined
  const judged = async (): Promise<ToolCard> => {
    card ??= await checkTool<any>(tool, { name, cases: 250 })
    return card
  }

  test('is taken as what it is, and its calls reach its service', async () => {
    const { kind: taken, facts } = await judged()
    expect(taken).toBe(kind)
    expect(facts).toMatchObject({ effect: 'write', requests: ['POST to pay.example'], leaks: [] })
    expect(facts.calm.returned).toBe(facts.calm.calls)
  })

  test('refunds twice when an answer is lost', async () => {
    const { idempotent } = (await judged()).clauses
    expect(idempotent).toMatchObject({ verdict: 'invalid', told: 'the same refund twice when an answer is lost' })
    expect(idempotent.witness.join('\n')).toContain('refund({ orderId: "A", cents: 1 })')
  })

  test('refuses what does not fit where its maker validates', async () => {
    const { 'rejects-invalid-input': rejects } = (await judged()).clauses
    expect(rejects.verdict).toBe(/JSON Schema/.test(maker) ? 'invalid' : 'valid')
  })
})
