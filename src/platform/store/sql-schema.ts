/** The tables of the SQL store, and the way to them from every earlier state. */

import { StormproofError } from '../../core/error.js'
import { isStoreError } from '../../core/store.js'
import type { Sql } from './sql.js'

/** Each brings the schema from the version before; never changed once it was released, only followed by another. */
const migrations: readonly ((schema: string) => string)[] = [
  (schema) => `
    CREATE TABLE ${schema}.session (
      id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      name text NOT NULL UNIQUE,
      epoch bigint NOT NULL,
      version bigint NOT NULL DEFAULT 0,
      started boolean NOT NULL DEFAULT false,
      ended boolean NOT NULL DEFAULT false,
      touched timestamptz NOT NULL DEFAULT clock_timestamp()
    ) WITH (fillfactor = 70);
    CREATE INDEX unfinished ON ${schema}.session (id) WHERE started AND NOT ended;
    CREATE TABLE ${schema}.append (
      session bigint NOT NULL REFERENCES ${schema}.session ON DELETE CASCADE,
      version bigint NOT NULL,
      epoch bigint NOT NULL,
      events text NOT NULL,
      PRIMARY KEY (session, version)
    );
    CREATE TABLE ${schema}.cell (
      name text PRIMARY KEY,
      version bigint NOT NULL,
      value text NOT NULL,
      at double precision NOT NULL
    ) WITH (fillfactor = 70);
    CREATE TABLE ${schema}.floor (epoch bigint NOT NULL);
    INSERT INTO ${schema}.floor VALUES (0);`,
]

const oldestServer = 120_000

/** Brings the schema to the version that this code writes. Rejects with a `config` error for a newer one, and for a server that cannot keep the promises of a store. */
export async function migrate(sql: Sql, schema: string, { mayForget }: { mayForget: boolean }): Promise<void> {
  await requireServer(sql, mayForget)
  for (;;) {
    const version = await versionOf(sql, schema)
    if (version > migrations.length) throw newer(schema, version)
    const migration = migrations[version]
    if (!migration) return
    try {
      await sql.query(`
        SELECT pg_advisory_xact_lock(hashtext('stormproof ${schema}'));
        CREATE SCHEMA IF NOT EXISTS ${schema};
        CREATE TABLE IF NOT EXISTS ${schema}.migration (version integer PRIMARY KEY);
        INSERT INTO ${schema}.migration VALUES (${version + 1});
        ${migration(schema)}`)
    } catch (error) {
      // Another process was first: its row was there when the lock was ours.
      if (!isStoreError(error) || (await versionOf(sql, schema)) === version) throw error
    }
  }
}

async function versionOf(sql: Sql, schema: string): Promise<number> {
  const [found] = await sql.query(`SELECT to_regclass('${schema}.migration') IS NOT NULL AS there`)
  if (found?.['there'] !== true) return 0
  const [last] = await sql.query(`SELECT coalesce(max(version), 0) AS version FROM ${schema}.migration`)
  return Number(last?.['version'])
}

async function requireServer(sql: Sql, mayForget: boolean): Promise<void> {
  const [row] = await sql.query(
    `SELECT current_setting('server_version_num') AS number, current_setting('server_version') AS version,
       current_setting('fsync') AS fsync, pg_is_in_recovery() AS replica`,
  )
  if (Number(row?.['number']) < oldestServer) {
    throw new StormproofError('config', `the server is Postgres ${row?.['version']}; the store needs 12 or later`, {
      remedy: 'upgrade the server, or give the URL of another one',
    })
  }
  if (row?.['replica'] === true) {
    throw new StormproofError('config', 'the server is a replica: it can only be read', {
      remedy: 'give the URL of its primary',
    })
  }
  if (row?.['fsync'] === 'off' && !mayForget) {
    throw new StormproofError('config', 'the server has fsync off: it acknowledges what a power cut undoes', {
      remedy: 'turn fsync on, or say mayForget: true where nothing in the store matters',
    })
  }
}

const newer = (schema: string, version: number): StormproofError =>
  new StormproofError(
    'config',
    `schema ${schema} is of version ${version}, written by a newer stormproof; this one knows up to ${migrations.length}`,
    { remedy: 'use the version that wrote it or a later one, or another schema' },
  )
