/** The tools of an MCP server that is a process of its own: called for real, some dozen times, and judged by what their answers show. */

import { fileURLToPath } from 'node:url'
import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js'
import { checkTool, type McpTool, mcpTools } from 'stormproof/tool'
import { afterAll, beforeAll, expect, test } from 'vitest'

const server = fileURLToPath(new URL('../servers/desk.mjs', import.meta.url))
const key = 'stormproof-dummy-key'
const client = new Client({ name: 'check', version: '1.0.0' })
let tools: readonly McpTool[]

beforeAll(async () => {
  await client.connect(
    new StdioClientTransport({ command: process.execPath, args: [server], env: { OPENAI_API_KEY: key } }),
  )
  tools = await mcpTools(client)
})
afterAll(() => client.close())

const named = (wanted: string): McpTool => tools.find(({ name }) => name === wanted) as McpTool

test('a right one is left in peace, and what nobody can see is not claimed', async () => {
  const { verdict, clauses, cases } = await checkTool(named('add'))
  expect(verdict).toBe('valid')
  expect(cases).toBeLessThanOrEqual(60)
  expect(clauses['rejects-invalid-input']).toMatchObject({ verdict: 'valid', told: expect.stringContaining('refused') })
  expect(clauses.idempotent.told).toBe('not judged: it runs in real time, where nobody sees what it asks and changes')
})

test('one that hands out its environment is told', async () => {
  const { clauses } = await checkTool(named('diagnose'))
  expect(clauses['no-secret']).toMatchObject({
    verdict: 'invalid',
    told: expect.stringContaining('a key of the environment'),
  })
})

test('one that never answers is told within half a minute, and asked no more', async () => {
  const started = Date.now()
  const { clauses } = await checkTool(named('wait'))
  expect(clauses.terminates).toMatchObject({ verdict: 'invalid', told: 'no answer within 10 s of real time' })
  expect(Date.now() - started).toBeLessThan(60_000)
})
