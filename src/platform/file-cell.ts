/** A shared cell in a folder: each write is the next numbered file, and the last few are kept. */

import { unlink } from 'node:fs/promises'
import type { Json } from '../core/json.js'
import { type Cell, StoreError } from '../core/store.js'
import { createRecord, directoryOf, fileOf, makeDirectory, numbersIn, readRecord } from './record-file.js'
import { systemClock } from './system-clock.js'

/** So many writes must pass between the look and the link of another writer before its file could fall behind the oldest kept. */
const kept = 1_000

/** Cells live beside the sessions, in `cells/`. Their clock is the machine's, from when it was started: processes of one machine share it, machines that mount one folder do not. */
export function fileCell(folder: string, name: string): Cell {
  const directory = directoryOf(`${folder}/cells`, name)
  const clock = systemClock()
  return {
    read: async () => {
      const versions = await numbersIn(directory)
      const version = versions.at(-1) ?? 0
      const record = version === 0 ? undefined : await readRecord<{ value: Json }>(directory, version)
      if (version > 0 && !record) throw new StoreError(`cell ${name} changed faster than it could be read`, 'no')
      return { version, value: record?.value, at: clock.now() }
    },
    write: async (expected, value) => {
      await makeDirectory(directory)
      const version = (await numbersIn(directory)).at(-1) ?? 0
      if (version !== expected) return { kind: 'conflict', version }
      const next = expected + 1
      if (!(await createRecord(directory, next, { value }))) return { kind: 'conflict', version: next }
      const after = await numbersIn(directory)
      if (after.at(-1) !== next && !after.includes(next + 1)) {
        throw new StoreError(
          `cell ${name} was written so often meanwhile that nobody knows whether this counted`,
          'unknown',
        )
      }
      if (next > kept) await unlink(fileOf(directory, next - kept)).catch(() => {})
      return { kind: 'ok', version: next }
    },
  }
}
