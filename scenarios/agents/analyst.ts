/** An analyst whose only tool takes SQL: a policy lets single queries through and nothing else, whatever the model was told. */

import { defineAgent, defineTool } from 'stormproof/runtime'
import { z } from 'zod'

interface Warehouse {
  query(input: { sql: string }, options: { signal: AbortSignal }): Promise<{ rows: number }>
  change(input: { sql: string }, options: { signal: AbortSignal }): Promise<{ rows: number }>
}

/** Comments and the texts between quotes hide nothing and say nothing. */
const bare = (sql: string): string =>
  sql.replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"/g, "''").replace(/--.*$|\/\*[\s\S]*?(\*\/|$)/gm, ' ')

const statements = (sql: string): readonly string[] =>
  bare(sql)
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part !== '')

const changes =
  /\b(insert|update|delete|merge|replace|drop|alter|create|truncate|grant|revoke|call|exec|execute|into|set|copy|attach|pragma|vacuum|do)\b/i

export function notReadOnly(sql: string): string | undefined {
  const [first, ...others] = statements(sql)
  if (first === undefined || others.length > 0) return 'exactly one statement is allowed'
  if (!/^(select|with)\b/i.test(first) || changes.test(first))
    return 'only queries are allowed: SELECT, or WITH … SELECT'
  return undefined
}

export const analyst = ({ warehouse }: { warehouse: Warehouse }) => {
  const sql = defineTool({
    name: 'sql',
    description: 'Run a read-only SQL query',
    effect: 'read',
    input: z.object({ query: z.string() }),
    output: z.object({ rows: z.int() }),
    policy: ({ query }) => notReadOnly(query),
    // What a connection does: it runs what it is given, statement by statement.
    execute: async ({ query }, { signal }) => {
      let last = { rows: 0 }
      for (const one of statements(query)) {
        const isQuery = /^select\b/i.test(one) && !changes.test(one)
        last = await (isQuery ? warehouse.query : warehouse.change)({ sql: one }, { signal })
      }
      return last
    },
  })
  return defineAgent({
    name: 'analyst',
    instructions: 'Answer questions about the events with queries.',
    tools: [sql],
    limits: { turns: 12 },
    grants: { sql: ({ query }) => query.length <= 2_000 },
  })
}
