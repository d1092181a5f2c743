/** A table of a database: rows are inserted, updated, selected and deleted; a version for compare-and-set, or lost updates without. */

import { z } from 'zod'
import type { Backend, Operation } from '../../core/backend.js'
import { canonical } from '../../core/json.js'
import { defineBackend } from '../define-backend.js'
import { nonceOf } from './nonce.js'
import { type BackendOptions, place } from './options.js'
import { conflict, missing, outdated } from './refusal.js'

export type Cell = string | number | boolean | null
export type Row = { readonly id: string } & { readonly [column: string]: Cell }
/** `version` counts from 1; `stamp` is another after each change. */
export type StoredRow<R> = R & { readonly version: number; readonly stamp: string }

type Rows<R> = Map<string, StoredRow<R>>
type Written = { readonly id: string; readonly version: number }

const cell = z.union([z.string(), z.number(), z.boolean(), z.null()])
const columns = z.record(z.string(), cell)
const ifVersion = z.int().positive().optional()

const asked = z.object({ where: columns.optional(), limit: z.int().positive().optional() })
/** Whoever asks for rows by anything but their id is told of none in particular. */
const askedFor = ({ where }: z.infer<typeof asked>): readonly string[] =>
  typeof where?.['id'] === 'string' ? [where['id']] : []
const about = ({ id }: { id: string }): readonly string[] => [id]
const inserted = ({ row }: { row: { id: string } }): readonly string[] => [row.id]

/**
 * Rows by their `id`. `update` and `remove` with `ifVersion` are refused (412) when somebody was faster; without it the last writer
 * wins, and what another wrote meanwhile is lost. An `id` that is taken, or not there, is refused. `rows` are there from the beginning.
 */
export function table<R extends Row>(
  rows: readonly R[],
  options: BackendOptions = {},
): Backend<
  { rows: Rows<R> },
  {
    select: Operation<
      'read',
      { where?: Partial<R> | undefined; limit?: number | undefined },
      { rows: readonly StoredRow<R>[] }
    >
    insert: Operation<'write', { row: R }, Written>
    update: Operation<'write', { id: string; set: Partial<R>; ifVersion?: number | undefined }, Written>
    remove: Operation<'write', { id: string; ifVersion?: number | undefined }, { removed: true }>
  }
> {
  const keyed = options.keyed ?? true
  const backend = defineBackend({
    name: 'table',
    ...place(options),
    state: () => ({ rows: new Map(rows.map((row) => [row.id, stored(row, 1)])) as Rows<Row> }),
    operations: ({ read, write }) => ({
      select: read({
        http: 'POST /select',
        ...{ input: asked, about: askedFor },
        answer: ({ rows }, { where = {}, limit }) => ({
          rows: [...rows.values()].filter((row) => fits(row, where)).slice(0, limit),
        }),
      }),
      insert: write({
        http: 'POST /rows',
        input: z.object({ row: z.object({ id: z.string() }).catchall(cell) }),
        ...{ about: inserted, keyed },
        apply: ({ rows }, { row }) => {
          if (rows.has(row.id)) throw conflict(`duplicate key: there is a row ${row.id}`)
          return kept(rows, row as Row, 1)
        },
        rival: ({ rows }, { row }) => {
          if (!rows.has(row.id)) kept(rows, row as Row, 1)
        },
      }),
      update: write({
        http: 'PATCH /rows/:id',
        input: z.object({ id: z.string(), set: columns, ifVersion }),
        // The same change twice is one intent, whatever version its author had read.
        once: ({ id, set }) => `${id}: ${canonical(set)}`,
        ...{ about, keyed },
        apply: ({ rows }, { id, set, ifVersion }) => {
          const { version, stamp: _stamp, ...row } = present(rows, id, ifVersion)
          return kept(rows, { ...row, ...set, id } as Row, version + 1)
        },
        rival: touched,
      }),
      remove: write({
        http: 'DELETE /rows/:id',
        input: z.object({ id: z.string(), ifVersion }),
        about: ({ id }) => [id],
        once: ({ id }) => id,
        keyed,
        apply: ({ rows }, { id, ifVersion }) => {
          present(rows, id, ifVersion)
          rows.delete(id)
          return { removed: true } as const
        },
        rival: ({ rows }, { id }) => void rows.delete(id),
      }),
    }),
  })
  return backend as never
}

const stored = <R extends Row>(row: R, version: number): StoredRow<R> => ({
  ...row,
  ...{ version, stamp: nonceOf(row.id, version, canonical(row)) },
})

function kept(rows: Rows<Row>, row: Row, version: number): Written {
  rows.set(row.id, stored(row, version))
  return { id: row.id, version }
}

/** Somebody else writes the row anew. */
function touched({ rows }: { readonly rows: Rows<Row> }, { id }: { readonly id: string }): void {
  const { version, stamp: _stamp, ...row } = present(rows, id, undefined)
  kept(rows, row as Row, version + 1)
}

const fits = (row: Row, where: Readonly<Record<string, Cell>>): boolean =>
  Object.entries(where).every(([column, value]) => Object.hasOwn(row, column) && row[column] === value)

function present(rows: Rows<Row>, id: string, ifVersion: number | undefined): StoredRow<Row> {
  const row = rows.get(id)
  if (row === undefined) throw missing(`row ${id}`)
  if (ifVersion !== undefined && row.version !== ifVersion) throw outdated(`row ${id}`, row.version, ifVersion)
  return row
}
