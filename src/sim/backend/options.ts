/** What every ready-made backend takes. */

import type { Eventual } from '../define-backend.js'

export interface BackendOptions {
  /** Where plain HTTP meets it; without it the backend is reached by its client only. */
  readonly baseUrl?: `http${string}`
  /** Whether writes honour an Idempotency-Key. Default true. */
  readonly keyed?: boolean
  /** Its reads may not have heard of the writes of the last `staleMs`. Default: they have. */
  readonly eventual?: Eventual
}

export const place = ({ baseUrl, eventual }: BackendOptions): Pick<BackendOptions, 'baseUrl' | 'eventual'> => ({
  ...(baseUrl === undefined ? {} : { baseUrl }),
  ...(eventual === undefined ? {} : { eventual }),
})
