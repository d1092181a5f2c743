/** A tool of an MCP server, called through a client of the MCP SDK: what the server lists of it, and what its calls answer. */

import { StormproofError } from '../../core/error.js'
import type { Effect } from '../../core/tool.js'
import { type Taker, text } from './taker.js'
import { toolSchema } from './tool-schema.js'

/** A connected client, as far as it is used here: `Client` of `@modelcontextprotocol/sdk`. */
export interface McpClient {
  /** Absent: it is not connected. */
  readonly transport?: object | undefined
  listTools(params?: { cursor?: string }): Promise<{ tools: readonly McpListed[]; nextCursor?: string | undefined }>
  callTool(
    params: { name: string; arguments: Record<string, unknown> },
    resultSchema?: undefined,
    options?: { signal?: AbortSignal },
  ): Promise<unknown>
}

/** MCP 2025-06-18, server/tools. */
interface McpListed {
  readonly name: string
  readonly description?: string | undefined
  readonly inputSchema: unknown
  readonly outputSchema?: unknown
  readonly annotations?: McpAnnotations | undefined
}

interface McpAnnotations {
  readonly readOnlyHint?: boolean | undefined
  readonly destructiveHint?: boolean | undefined
  readonly idempotentHint?: boolean | undefined
}

/** One tool of a server: give it to `checkTool`. */
export interface McpTool {
  readonly name: string
  readonly description: string
  readonly '~mcp': { readonly client: McpClient; readonly listed: McpListed }
}

/** A server that gives page after page is asked no further. */
const mostPages = 100

/**
 * All tools that a server lists, in its order. Connect the client first. A server in the same process (`InMemoryTransport`) is played in
 * simulated worlds as any other tool; what it keeps between calls outlives them. Any other runs in real time: a few dozen calls, and only
 * what their answers show is judged. Throws a `config` error for a list that never ends.
 */
export async function mcpTools(client: McpClient): Promise<readonly McpTool[]> {
  const tools: McpTool[] = []
  let cursor: string | undefined
  for (let page = 0; page < mostPages; page++) {
    const { tools: some, nextCursor } = await client.listTools(cursor === undefined ? {} : { cursor })
    tools.push(...some.map((listed) => mcpTool(client, listed)))
    if (nextCursor === undefined) return tools
    cursor = nextCursor
  }
  throw new StormproofError('config', `the list of the server's tools has more than ${mostPages} pages`, {
    remedy: 'end it with a page that has no `nextCursor`',
  })
}

const mcpTool = (client: McpClient, listed: McpListed): McpTool => ({
  name: listed.name,
  description: text(listed.description),
  '~mcp': { client, listed },
})

export const takenFromMcp: Taker = (given) => {
  const mcp = given['~mcp'] as McpTool['~mcp'] | undefined
  if (mcp === undefined) return undefined
  const { client, listed } = mcp
  const { name, description, inputSchema, outputSchema, annotations = {} } = listed
  return {
    kind: 'MCP tool',
    name,
    description: text(description),
    input: toolSchema(`the input of ${name}`, inputSchema),
    output: outputSchema === undefined ? undefined : toolSchema(`the output of ${name}`, outputSchema),
    declared: declaredBy(annotations),
    timeoutMs: undefined,
    inRealTime: !isInMemory(client),
    call: async (input, { signal }) => {
      const args = input as Record<string, unknown>
      return resultOf(await client.callTool({ name, arguments: args }, undefined, { signal }))
    },
  }
}

/** By its class, which is the SDK's own: whoever writes another transport in memory gets real time, and loses nothing but speed. */
const isInMemory = ({ transport }: McpClient): boolean =>
  transport === undefined || transport.constructor.name === 'InMemoryTransport'

/** Hints are what its author says: without one a tool may be anything, by the protocol's own defaults. */
function declaredBy({ readOnlyHint, destructiveHint, idempotentHint }: McpAnnotations) {
  const effect: Effect | undefined = readOnlyHint
    ? 'read'
    : destructiveHint === undefined
      ? undefined
      : destructiveHint
        ? 'irreversible'
        : 'write'
  return { ...(effect && { effect }), ...(idempotentHint && { idempotency: 'natural' as const }) }
}

/** What a server answers when a tool failed: it has no class and no code, only a text. */
class McpToolError extends Error {
  override readonly name = 'McpToolError'
}

interface CallResult {
  readonly content?: readonly { readonly type: string; readonly text?: string }[]
  readonly structuredContent?: unknown
  readonly isError?: boolean
}

/** What is structured where there is that, else the content as the model reads it. */
function resultOf(result: unknown): unknown {
  const { content = [], structuredContent, isError } = (result ?? {}) as CallResult
  const written = content.map((part) => part.text ?? JSON.stringify(part)).join('\n')
  if (isError) throw new McpToolError(written)
  return structuredContent ?? written
}
