/** The tools of an MCP server in the same process, taken through a client of the SDK: what is found in them, and what is left in peace. */

import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js'
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { checkTool, type McpTool, mcpTools } from 'stormproof/tool'
import { expect, test } from 'vitest'
import { z } from 'zod'

const api = 'https://api.shop.example'
const order = { orderId: z.string().min(1), cents: z.number().int().positive() }

async function toolsOf(prepare: (server: McpServer) => void): Promise<readonly McpTool[]> {
  const server = new McpServer({ name: 'shop', version: '1.0.0' })
  prepare(server)
  const client = new Client({ name: 'check', version: '1.0.0' })
  const [here, there] = InMemoryTransport.createLinkedPair()
  await Promise.all([server.connect(there), client.connect(here)])
  return mcpTools(client)
}

const one = async (prepare: (server: McpServer) => void): Promise<McpTool> => (await toolsOf(prepare))[0] as McpTool
const said = (value: unknown) => ({ content: [{ type: 'text' as const, text: JSON.stringify(value) }] })

test('all tools of a server are taken, by the names that it lists', async () => {
  const tools = await toolsOf((server) => {
    server.registerTool('find', { description: 'Find an order', inputSchema: { orderId: z.string() } }, async () =>
      said(1),
    )
    server.registerTool('charge', { inputSchema: order }, async () => said(2))
  })
  expect(tools.map(({ name, description }) => [name, description])).toEqual([
    ['find', 'Find an order'],
    ['charge', ''],
  ])
})

test('a charge without a key is told to charge twice, and not to pass its signal on', async () => {
  const tool = await one((server) =>
    server.registerTool('charge', { inputSchema: order }, async (input) => {
      const answer = await fetch(`${api}/charges`, { method: 'POST', body: JSON.stringify(input) })
      if (!answer.ok) throw new Error('the shop is closed')
      return said(await answer.json())
    }),
  )
  const { kind, clauses, verdict } = await checkTool(tool)
  expect({ kind, verdict }).toEqual({ kind: 'MCP tool', verdict: 'invalid' })
  expect(clauses['rejects-invalid-input'].verdict).toBe('valid')
  expect(clauses.idempotent.told).toBe('the same charge twice when an answer is lost')
  expect(clauses['errors-typed'].verdict).toBe('invalid')
})

test('what a tool says of itself is held against what it does: a read that writes', async () => {
  const tool = await one((server) =>
    server.registerTool(
      'look',
      { inputSchema: { orderId: z.string() }, annotations: { readOnlyHint: true } },
      async ({ orderId }) => {
        await fetch(`${api}/views`, { method: 'POST', body: orderId })
        return said('seen')
      },
    ),
  )
  const { clauses, facts } = await checkTool(tool, { cases: 300 })
  expect(facts.effectFrom).toBe('declared')
  expect(clauses['read-only'].verdict).toBe('invalid')
})

test('a read that keeps within its limits is left in peace', async () => {
  const tool = await one((server) =>
    server.registerTool(
      'find',
      {
        inputSchema: { orderId: z.string().min(1) },
        outputSchema: { status: z.number() },
        annotations: { readOnlyHint: true },
      },
      async ({ orderId }, { signal }) => {
        const limit = AbortSignal.any([signal, AbortSignal.timeout(10_000)])
        const { status } = await fetch(`${api}/orders/${encodeURIComponent(orderId)}`, { signal: limit })
        if (status === 429) throw new Error('busy: try again later')
        return { ...said({ status }), structuredContent: { status } }
      },
    ),
  )
  const { clauses } = await checkTool(tool)
  expect(Object.entries(clauses).filter(([, { verdict }]) => verdict === 'invalid')).toEqual([])
  expect(clauses['output-fits-schema'].verdict).toBe('valid')
})

test('a list of tools that never ends is told', async () => {
  const endless = { listTools: async () => ({ tools: [], nextCursor: 'more' }), callTool: async () => ({}) }
  await expect(mcpTools(endless)).rejects.toThrow('has more than 100 pages')
})
