/** A Postgres server by its URL, through the package `pg`. */

import { StormproofError } from '../../core/error.js'
import type { Database, Row, Sql } from './sql.js'
import { peer, sqlState, sqlTrouble } from './sql-trouble.js'

/** A connection that says nothing for so long is given up: whether its statement counted is then unknown. */
const silenceMs = 30_000
const connectMs = 10_000

/** `connections`: the most that are open at a time. Throws a `config` error for what is no URL of a Postgres server. */
export function postgres(url: string, connections: number): Database {
  const shown = shownUrl(url)
  return { shown, isServer: true, connect: async () => pooled(url, shown, connections) }
}

async function pooled(url: string, shown: string, max: number): Promise<Sql> {
  const { default: pg } = await peer('pg', () => import('pg'))
  const pool = new pg.Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: connectMs,
    query_timeout: silenceMs,
    keepAlive: true,
    // A program that has nothing left to do ends, whether or not it closed its store.
    allowExitOnIdle: true,
  })
  // A connection that breaks is replaced when the next one is needed; whoever waits for an answer on it is told by the query.
  pool.on('error', () => {})
  pool.on('connect', (client) => void client.on('error', () => {}))
  const prepared = new WeakSet<object>()

  const connection = async () => {
    const client = await pool.connect().catch((error: unknown) => {
      throw sqlTrouble(shown, error, { isSent: false })
    })
    if (prepared.has(client)) return client
    try {
      // A store that acknowledges what a crash undoes is none, whatever the server's default is.
      await client.query(
        `SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'`,
      )
      prepared.add(client)
      return client
    } catch (error) {
      client.release(true)
      throw sqlTrouble(shown, error, { isSent: false })
    }
  }

  return {
    async query(text, values) {
      const client = await connection()
      try {
        const answer: unknown = await client.query(text, values as unknown[] | undefined)
        client.release()
        return rowsOf(answer)
      } catch (error) {
        // One that broke, or that stopped answering, is of no use to others.
        client.release(sqlState(error) === undefined)
        throw sqlTrouble(shown, error, { isSent: true, isRead: /^\s*SELECT/.test(text) && values !== undefined })
      }
    },
    close: () => pool.end(),
  }
}

/** Several statements have as many answers. */
function rowsOf(answer: unknown): readonly Row[] {
  const last: unknown = Array.isArray(answer) ? answer.at(-1) : answer
  return (last as { rows: readonly Row[] }).rows
}

/** Where it leads, without user, password and options. */
function shownUrl(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : undefined
  if (!parsed || !/^postgres(ql)?:$/.test(parsed.protocol)) {
    throw new StormproofError('config', 'the URL of the store is none of a Postgres server', {
      remedy:
        "write it as 'postgres://user:password@host:5432/database', with special characters of the password as %XX",
    })
  }
  const host = parsed.host || parsed.searchParams.get('host') || 'localhost'
  return `Postgres at ${host}${parsed.pathname}`
}
