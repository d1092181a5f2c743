/** Every kind of store that we have, each with a lab. Postgres is among them where DATABASE_URL names a server that may be written. */

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileStore } from '../../src/platform/file-store.js'
import { memoryStore } from '../../src/platform/memory-store.js'
import { pglite } from '../../src/platform/store/pglite.js'
import type { Sql } from '../../src/platform/store/sql.js'
import { type SqlStore, sqlStore, storeOn } from '../../src/platform/store/sql-store.js'
import { emptyHoldings, simStore } from '../../src/sim/sim-store.js'
import { returned, stage } from '../unit/sim/stage.js'
import { deafProxy } from './deaf-proxy.js'
import { type Kind, sound } from './lab.js'

const memory: Kind = {
  name: 'memory',
  has: ['sessions'],
  judge: async ({ run }, flaw = sound) => {
    const store = memoryStore()
    await run({ client: () => flaw(store) })
  },
}

const files: Kind = {
  name: 'files',
  has: ['sessions'],
  judge: async ({ run }, flaw = sound) => {
    const folder = await mkdtemp(join(tmpdir(), 'stormproof-'))
    try {
      await run({ client: () => flaw(fileStore(folder)) })
    } finally {
      await rm(folder, { recursive: true })
    }
  },
}

/** The world decides when each is answered: some take eight times as long as others. */
const simulated: Kind = {
  name: 'the simulation',
  has: ['deafened'],
  judge: async ({ needs, run }, flaw = sound) => {
    const lost = ['model-call-start/t1/a1', 'cell-write/c'].map((what) => `store/${what}/try-1`)
    const slow = ['read', 'write'].flatMap((what) =>
      [2, 5, 7].map((number) => [`store/cell-${what}/a/try-${number}@time`, 'x8'] as const),
    )
    const on = stage(needs === 'deafened' ? lost.map((site) => [site, 'store/lost-acknowledgement'] as const) : slow)
    const holdings = emptyHoldings(on.world)
    const client = () => flaw(simStore(on.setting, undefined, holdings))
    returned(await on.act(() => run(needs === 'deafened' ? { client, deafened: client } : { client })))
  },
}

let labs = 0
const ownSchema = (): string => `lab_${process.pid}_${++labs}`

/** One for all labs of a process: it takes seconds to begin. */
let embedded: Promise<Sql> | undefined

/** What stands between the SQL store and its database: an adapter is broken here. */
export type SqlFlaw = (sql: Sql) => Sql

/** PGlite runs in one process, where clients share it. */
export const pgliteWith = (sqlFlaw: SqlFlaw = (sql) => sql): Kind => ({
  name: 'PGlite',
  has: ['sessions'],
  judge: async ({ run }, flaw = sound) => {
    embedded ??= pglite().connect()
    const sql = await embedded
    const schema = ownSchema()
    const connect = async (): Promise<Sql> => ({ ...sqlFlaw(sql), close: async () => {} })
    try {
      await run({ client: () => flaw(storeOn({ shown: 'PGlite', isServer: false, connect }, { schema })) })
    } finally {
      await sql.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`)
    }
  },
})

export const closePglite = async (): Promise<void> => {
  await (await embedded)?.close()
  embedded = undefined
}

const postgresAt = (url: string): Kind => ({
  name: 'Postgres',
  has: ['sessions', 'deafened'],
  judge: async ({ run }, flaw = sound) => {
    const schema = ownSchema()
    const proxy = await deafProxy(url)
    const open: SqlStore[] = []
    const clientAt = (where: string) => () => {
      const store = sqlStore(where, { schema, connections: 2, mayForget: true })
      open.push(store)
      return flaw(store)
    }
    try {
      await run({ client: clientAt(url), deafened: clientAt(proxy.url) })
    } finally {
      for (const store of open) await store.close().catch(() => {})
      await proxy.close()
      await dropSchema(url, schema)
    }
  },
})

export async function dropSchema(url: string, schema: string): Promise<void> {
  const { postgres } = await import('../../src/platform/store/postgres.js')
  const sql = await postgres(url, 1).connect()
  await sql.query(`DROP SCHEMA IF EXISTS ${schema} CASCADE`)
  await sql.close()
}

export const serverUrl = process.env['DATABASE_URL']

export const kinds: readonly Kind[] = [
  memory,
  files,
  simulated,
  pgliteWith(),
  ...(serverUrl === undefined ? [] : [postgresAt(serverUrl)]),
]
