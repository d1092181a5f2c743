/** What every ready-made backend takes. */

export interface BackendOptions {
  /** Where plain HTTP meets it; without it the backend is reached by its client only. */
  readonly baseUrl?: `http${string}`
  /** Whether writes honour an Idempotency-Key. Default true. */
  readonly keyed?: boolean
}

export const place = (options: BackendOptions): { baseUrl?: `http${string}` } =>
  options.baseUrl === undefined ? {} : { baseUrl: options.baseUrl }
