/** Any REST API: resources with ids and fields, created under a key or not, read in pages, changed under an ETag. */

import { z } from 'zod'
import type { Backend, Operation } from '../../core/backend.js'
import type { Json } from '../../core/json.js'
import { defineBackend } from '../define-backend.js'
import { freshId, Met, nonceOf } from './nonce.js'
import { type BackendOptions, place } from './options.js'
import { type Page, pageOf } from './page.js'
import { missing, outdated } from './refusal.js'

export type Fields = { readonly [field: string]: Json }
/** What was sent, with the `id` the service gave it and an `etag` that is another after each change. */
export type Resource = Fields & { readonly id: string; readonly etag: string }

type One = { resource: string; id: string }
const about = ({ resource, id }: One): readonly string[] => [`${resource}/${id}`]
type Conditional = One & { ifMatch?: string | undefined }
type Collections = ReadonlyMap<string, Map<string, Resource>>

export interface RestOptions extends BackendOptions {
  /** The collections by their name in the path, each with what is in it from the beginning, by id: `{ invoices: { 'in-1': { cents: 4900 } } }`. */
  readonly resources: Readonly<Record<string, Readonly<Record<string, Fields>>>>
}

/**
 * Beside `resource`, `id` and `ifMatch`, an input holds the fields of the resource, as the body of a request does.
 *
 * `GET /invoices`, `GET /invoices/in-1`, `POST /invoices`, `PUT` and `DELETE /invoices/in-1`. A collection that was not declared, or
 * an id that is not there, is 404. With `ifMatch` (over HTTP the `If-Match` header) `replace` and `remove` are refused (412) when
 * somebody was faster.
 */
export function rest(options: RestOptions): Backend<
  { collections: Collections },
  {
    list: Operation<
      'read',
      { resource: string; after?: string | undefined; limit?: number | undefined },
      Page<Resource>
    >
    get: Operation<'read', One, Resource>
    create: Operation<'write', { resource: string } & Fields, Resource>
    replace: Operation<'write', Conditional & Fields, Resource>
    remove: Operation<'write', Conditional, { removed: true }>
  }
> {
  const keyed = options.keyed ?? true
  const collection = z.object({ resource: z.string() })
  const one = collection.extend({ id: z.string() })
  const conditional = one.extend({ ifMatch: z.string().optional() })
  const backend = defineBackend({
    name: 'rest',
    ...place(options),
    state: () => ({ collections: collectionsOf(options.resources), met: new Met() }),
    operations: ({ read, write }) => ({
      list: read({
        http: 'GET /:resource',
        input: collection.extend({ after: z.string().optional(), limit: z.int().positive().max(100).optional() }),
        answer: ({ collections }, { resource, after, limit }) =>
          pageOf([...named(collections, resource).values()], ({ id }) => id, after, limit),
      }),
      get: read({
        http: 'GET /:resource/:id',
        ...{ input: one, about },
        answer: ({ collections }, { resource, id }) => present(collections, { resource, id }),
      }),
      create: write({
        http: 'POST /:resource',
        input: collection.catchall(z.json()),
        keyed,
        apply: ({ collections, met }, { resource, ...fields }) => {
          const all = named(collections, resource)
          return kept(all, freshId(met, 're', resource), fields)
        },
      }),
      replace: write({
        http: 'PUT /:resource/:id',
        input: conditional.catchall(z.json()),
        ...{ about, keyed },
        apply: ({ collections }, { resource, id, ifMatch, ...fields }) => {
          present(collections, { resource, id, ifMatch })
          return kept(named(collections, resource), id, fields)
        },
        rival: touched,
      }),
      remove: write({
        http: 'DELETE /:resource/:id',
        input: conditional,
        once: ({ resource, id }) => `${resource}/${id}`,
        ...{ about, keyed },
        apply: ({ collections }, asked) => {
          present(collections, asked)
          named(collections, asked.resource).delete(asked.id)
          return { removed: true } as const
        },
        rival: ({ collections }, { resource, id }) => void named(collections, resource).delete(id),
      }),
    }),
  })
  return backend as never
}

function collectionsOf(resources: RestOptions['resources']): Collections {
  return new Map(
    Object.entries(resources).map(([resource, items]) => {
      const all = new Map<string, Resource>()
      for (const [id, fields] of Object.entries(items)) kept(all, id, fields)
      return [resource, all]
    }),
  )
}

function kept(all: Map<string, Resource>, id: string, fields: Fields): Resource {
  const resource: Resource = { ...fields, id, etag: nonceOf(id, JSON.stringify(fields), all.get(id)?.etag ?? '') }
  all.set(id, resource)
  return resource
}

/** Somebody else writes it anew. */
function touched({ collections }: { readonly collections: Collections }, { resource, id }: One): void {
  const { etag: _etag, ...fields } = present(collections, { resource, id })
  kept(named(collections, resource), id, fields)
}

function named(collections: Collections, resource: string): Map<string, Resource> {
  const all = collections.get(resource)
  if (all === undefined) throw missing(`collection ${resource}`)
  return all
}

function present(collections: Collections, { resource, id, ifMatch }: Conditional): Resource {
  const found = named(collections, resource).get(id)
  if (found === undefined) throw missing(`${resource}/${id}`)
  if (ifMatch !== undefined && found.etag !== ifMatch) throw outdated(`${resource}/${id}`, found.etag, ifMatch)
  return found
}
