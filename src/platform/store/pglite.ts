/** Postgres inside this process: PGlite, with its data in a folder or in memory. */

import { StormproofError } from '../../core/error.js'
import { createRecord, fileOf, makeDirectory, numbersIn, readRecord } from '../record-file.js'
import type { Database, Row, Sql } from './sql.js'
import { peer, sqlTrouble } from './sql-trouble.js'

/** No folder: the data is in memory, and gone with the process. */
export function pglite(folder?: string): Database {
  const shown = folder === undefined ? 'PGlite in memory' : `PGlite in ${folder}`
  return { shown, isServer: false, connect: () => embedded(folder, shown) }
}

async function embedded(folder: string | undefined, shown: string): Promise<Sql> {
  const { PGlite } = await peer('@electric-sql/pglite', () => import('@electric-sql/pglite'))
  const letGo = folder === undefined ? async () => {} : await occupy(folder)
  const database = await PGlite.create(folder === undefined ? {} : { dataDir: `${folder}/data` }).catch(
    async (error: unknown) => {
      await letGo()
      throw sqlTrouble(shown, error, { isSent: false })
    },
  )
  return {
    async query(text, values) {
      try {
        if (values) return (await database.query<Row>(text, [...values])).rows
        return (await database.exec(text)).at(-1)?.rows as readonly Row[]
      } catch (error) {
        throw sqlTrouble(shown, error, { isSent: true, isRead: /^\s*SELECT/.test(text) && values !== undefined })
      }
    },
    async close() {
      await database.close()
      await letGo()
    },
  }
}

interface Occupant {
  /** Undefined: it has left. */
  readonly process?: number
}

const ownFolders = new Set<string>()

/** PGlite destroys data that two processes write. Numbered files tell who has the folder: whoever creates the next one after a dead occupant's has it. */
async function occupy(folder: string): Promise<() => Promise<void>> {
  const directory = `${folder}/occupants`
  await makeDirectory(directory)
  const last = (await numbersIn(directory)).at(-1) ?? 0
  const before = last === 0 ? undefined : await readRecord<Occupant>(directory, last)
  if (ownFolders.has(folder) || (before && isAlive(before))) throw taken(folder, before, fileOf(directory, last))
  const own: Occupant = { process: process.pid }
  if (!(await createRecord(directory, last + 1, own))) throw taken(folder, undefined, fileOf(directory, last + 1))
  ownFolders.add(folder)
  return async () => {
    await createRecord(directory, last + 2, {})
    ownFolders.delete(folder)
  }
}

function isAlive({ process: id }: Occupant): boolean {
  // Our own number on a folder that we do not have is that of a process before us, in a container like this one.
  if (id === undefined || id === process.pid) return false
  try {
    process.kill(id, 0)
    return true
  } catch (error) {
    return (error as { code?: unknown }).code === 'EPERM'
  }
}

const taken = (folder: string, by: Occupant | undefined, file: string): StormproofError =>
  new StormproofError('config', `${folder} is in use by process ${by?.process ?? 'that has just begun'}`, {
    remedy: `several processes share a Postgres server, by its URL; if that process has nothing to do with it, delete ${file}`,
  })
