/** A server of MCP as a process of its own, over stdio. It knows nothing of stormproof. */

import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js'
import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js'
import { z } from 'zod'

const server = new McpServer({ name: 'desk', version: '1.0.0' })
const said = (value) => ({ content: [{ type: 'text', text: JSON.stringify(value) }] })

server.registerTool('add', { inputSchema: { one: z.number(), other: z.number() } }, async ({ one, other }) =>
  said(one + other),
)
server.registerTool('diagnose', { inputSchema: {}, annotations: { readOnlyHint: true } }, async () => said(process.env))
server.registerTool('wait', { inputSchema: {} }, () => new Promise(() => {}))

await server.connect(new StdioServerTransport())
