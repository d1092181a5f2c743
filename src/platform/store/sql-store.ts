/**
 * A store in SQL: one dialect, that of Postgres, on a server or inside this process. Each operation is one statement, so that
 * its guard and what it guards are one: a row of the session holds version and epoch, an append is one row.
 */

import { came, requireFields, requireThat, requireWhole } from '../../core/definition.js'
import type { LogEvent } from '../../core/event.js'
import { copy, type Json } from '../../core/json.js'
import { type Cell, type Loaded, refusalOf } from '../../core/store.js'
import type { ListingStore } from '../recover.js'
import { pglite } from './pglite.js'
import { postgres } from './postgres.js'
import type { Database, Row, Sql } from './sql.js'
import { migrate } from './sql-schema.js'

export interface SqlStoreOptions {
  /** The schema that holds the tables, made when it is missing. Default `stormproof`. */
  readonly schema?: string
  /** Most connections to a server at a time. Default 10. */
  readonly connections?: number
  /** Accepts a server that acknowledges what a power cut undoes. Default false. */
  readonly mayForget?: boolean
}

export interface SqlStore extends ListingStore {
  /**
   * Retention: removes every session that has ended and that nobody touched for so many milliseconds, and tells which. Who owned one
   * writes nothing more: it is fenced, also when the session is begun anew.
   */
  forget(idleMs: number): Promise<readonly string[]>
  /** Lets go of connections and files. */
  close(): Promise<void>
}

/**
 * `where`: the URL of a Postgres server (`postgres://…`; needs the package `pg`), which any number of processes and machines
 * share; or a folder, for Postgres inside this process alone (needs `@electric-sql/pglite`); or `memory:`, for one that is gone with
 * it. Nothing is asked before the first operation, which brings the tables to this version. Throws a `config` error for what
 * cannot be meant.
 */
export function sqlStore(where: string, options: SqlStoreOptions = {}): SqlStore {
  requireFields('config', 'what sqlStore is given', options, ['schema', 'connections', 'mayForget'])
  const isText = typeof where === 'string' && where !== ''
  requireThat(
    isText,
    `sqlStore needs a URL or a folder, not ${came(where)}`,
    "give 'postgres://…', a folder or 'memory:'",
  )
  const { connections = 10, ...rest } = options
  requireWhole('sqlStore', { connections }, 1)
  if (where === 'memory:') return storeOn(pglite(), rest)
  return storeOn(/^[a-z][a-z0-9+]+:/i.test(where) ? postgres(where, connections) : pglite(where), rest)
}

/** Names of logs and cells are keys of an index, which has no room for longer ones. */
const longestName = 2_000

/** Several may be on one database, as several processes would. */
export function storeOn(
  database: Database,
  { schema = 'stormproof', mayForget = false }: Omit<SqlStoreOptions, 'connections'> = {},
): SqlStore {
  requireThat(
    /^[a-z_][a-z0-9_]{0,40}$/.test(schema),
    `a schema is named by small letters, digits and _, not ${came(schema)}`,
  )
  const prepared = preparedOnce(database, async (sql) =>
    migrate(sql, schema, { mayForget: mayForget || !database.isServer }),
  )
  const query: Query = async (text, values) => (await prepared.sql()).query(text, values)
  const log = logsIn(schema, query)
  return {
    '~store': true,
    ...log,
    cell: (name) => cellIn(schema, query, keyOf(name)),
    close: prepared.close,
  }
}

type Query = Sql['query']

/** Connects once; what failed is tried again by the next operation. */
function preparedOnce(database: Database, prepare: (sql: Sql) => Promise<void>) {
  let ready: Promise<Sql> | undefined
  const begin = async (): Promise<Sql> => {
    const sql = await database.connect()
    try {
      await prepare(sql)
      return sql
    } catch (error) {
      await sql.close()
      throw error
    }
  }
  return {
    sql: (): Promise<Sql> => {
      ready ??= begin().catch((error: unknown) => {
        ready = undefined
        throw error
      })
      return ready
    },
    close: async (): Promise<void> => {
      const open = ready
      ready = undefined
      await (await open)?.close()
    },
  }
}

function logsIn(schema: string, query: Query): Pick<SqlStore, 'open' | 'append' | 'read' | 'sessions' | 'forget'> {
  const read = async (key: string): Promise<Loaded> => {
    const rows = await query(
      `SELECT s.version, s.epoch, a.events FROM ${schema}.session s LEFT JOIN ${schema}.append a ON a.session = s.id
       WHERE s.name = $1 ORDER BY a.version`,
      [key],
    )
    return {
      ...headOf(rows),
      events: rows.flatMap(({ events }) => (events === null ? [] : JSON.parse(String(events)))),
    }
  }

  /** Only if the log is still what was looked at. */
  const claim = ({ version, epoch }: Loaded, key: string): Promise<readonly Row[]> =>
    epoch === 0
      ? query(
          // No epoch is given twice, not even after retention: one that removes sessions waits for this, or this for it.
          `WITH floor AS (SELECT epoch FROM ${schema}.floor FOR SHARE)
           INSERT INTO ${schema}.session (name, epoch) SELECT $1, epoch + 1 FROM floor ON CONFLICT (name) DO NOTHING RETURNING epoch`,
          [key],
        )
      : query(
          `UPDATE ${schema}.session SET epoch = epoch + 1, touched = clock_timestamp()
           WHERE name = $1 AND version = $2 AND epoch = $3 RETURNING epoch`,
          [key, version, epoch],
        )

  return {
    read: async (session) => read(keyOf(session)),
    open: async (session, requireOwn) => {
      const key = keyOf(session)
      for (;;) {
        const found = await read(key)
        requireOwn?.(copy(found.events))
        const [claimed] = await claim(found, key)
        if (claimed) return { ...found, epoch: Number(claimed['epoch']) }
      }
    },
    append: async (session, expected, events) => {
      const key = keyOf(session)
      if (events.length > 0 && (await insert(schema, query, key, expected, events))) {
        return { kind: 'ok', version: expected.version + events.length }
      }
      const log = headOf(await query(`SELECT version, epoch FROM ${schema}.session WHERE name = $1`, [key]))
      const refused = refusalOf(log, expected)
      if (refused) return refused
      // Of an epoch that this log never gave: it was removed, and whoever opened it again owns another one.
      return expected.epoch > log.epoch ? { kind: 'fenced', epoch: log.epoch } : { kind: 'ok', version: log.version }
    },
    sessions: async (which) => {
      const wanted = which === 'unfinished' ? 'WHERE started AND NOT ended' : ''
      return namesOf(await query(`SELECT name FROM ${schema}.session ${wanted}`, []))
    },
    forget: async (idleMs) => {
      requireWhole('forget', { idleMs }, 0)
      return namesOf(await query(forgetting(schema, idleMs)))
    },
  }
}

const namesOf = (rows: readonly Row[]): readonly string[] =>
  rows.map(({ name }) => JSON.parse(String(name)) as string).sort()

/** The floor is locked first: whoever opens a session that is going waits, and begins above the epochs that are gone. */
const forgetting = (schema: string, idleMs: number): string => `
  UPDATE ${schema}.floor SET epoch = epoch;
  WITH gone AS (
    DELETE FROM ${schema}.session
    WHERE ended AND touched <= clock_timestamp() - make_interval(secs => ${idleMs} / 1000.0) RETURNING name, epoch),
  raised AS (
    UPDATE ${schema}.floor SET epoch = greatest(epoch, (SELECT max(epoch) FROM gone)))
  SELECT name FROM gone`

/** Whether it was written: under the lock of the session's row, which the guard has seen as it is then. */
async function insert(
  schema: string,
  query: Query,
  key: string,
  { version, epoch }: { version: number; epoch: number },
  events: readonly LogEvent[],
): Promise<boolean> {
  const has = (type: LogEvent['type']): boolean => events.some((event) => event.type === type)
  const rows = await query(
    `WITH own AS (
       UPDATE ${schema}.session
       SET version = version + $4, started = started OR $6, ended = ended OR $7, touched = clock_timestamp()
       WHERE name = $1 AND version = $2 AND epoch = $3 RETURNING id, epoch)
     INSERT INTO ${schema}.append (session, version, epoch, events) SELECT id, $2, epoch, $5 FROM own RETURNING version`,
    [key, version, epoch, events.length, JSON.stringify(events), has('run-start'), has('run-end')],
  )
  return rows.length > 0
}

const headOf = ([row]: readonly Row[]): { version: number; epoch: number } => ({
  version: Number(row?.['version'] ?? 0),
  epoch: Number(row?.['epoch'] ?? 0),
})

/** The clock is the server's, which all clients share, and never behind the last write of the cell. */
function cellIn(schema: string, query: Query, key: string): Cell {
  const now = `extract(epoch FROM clock_timestamp())::float8 * 1000`
  return {
    read: async () => {
      const [row] = await query(
        `SELECT c.version, c.value, greatest(c.at, ${now}) AS at FROM (SELECT 1) AS one LEFT JOIN ${schema}.cell c ON c.name = $1`,
        [key],
      )
      const value = row?.['value'] ?? undefined
      return {
        version: Number(row?.['version'] ?? 0),
        value: value === undefined ? undefined : (JSON.parse(String(value)) as Json),
        at: Number(row?.['at']),
      }
    },
    write: async (version, value) => {
      const text = JSON.stringify(value)
      const written =
        version === 0
          ? await query(
              `INSERT INTO ${schema}.cell (name, version, value, at) VALUES ($1, 1, $2, ${now}) ON CONFLICT (name) DO NOTHING RETURNING version`,
              [key, text],
            )
          : await query(
              `UPDATE ${schema}.cell SET version = version + 1, value = $2, at = greatest(at, ${now})
               WHERE name = $1 AND version = $3 RETURNING version`,
              [key, text, version],
            )
      if (written.length > 0) return { kind: 'ok', version: version + 1 }
      const [row] = await query(`SELECT version FROM ${schema}.cell WHERE name = $1`, [key])
      return { kind: 'conflict', version: Number(row?.['version'] ?? 0) }
    },
  }
}

/** As JSON has it: a text of Postgres holds neither a zero nor half of a pair. */
function keyOf(name: string): string {
  const key = JSON.stringify(name)
  const length = new TextEncoder().encode(key).length
  requireThat(
    length <= longestName,
    `a name of ${length} bytes is too long for the SQL store`,
    `use at most ${longestName}`,
  )
  return key
}
