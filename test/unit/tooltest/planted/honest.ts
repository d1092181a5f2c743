/** What tools of the planted kinds have in common, done as it should be: a tool then has the one bug that was planted. */

import { z } from 'zod'
import { url } from './bank.js'

export const payment = z.object({ account: z.enum(['A', 'B']), cents: z.number().int().min(1).max(1_000) })
export type Payment = z.infer<typeof payment>
export const account = z.object({ account: z.enum(['A', 'B']) })
export type Account = z.infer<typeof account>

export interface Handed {
  readonly key: string
  readonly signal: AbortSignal
}

/** An error that says whether another try may help. */
export class ServiceError extends Error {
  readonly status: number
  readonly retryable: boolean

  constructor(status: number) {
    super(`the bank answered ${status}`)
    this.name = 'ServiceError'
    this.status = status
    this.retryable = status === 429 || status >= 500
  }
}

/** Gives up when its caller does, or after ten seconds. */
export const patience = (signal: AbortSignal): AbortSignal => AbortSignal.any([signal, AbortSignal.timeout(10_000)])

export async function ask(path: string, init: RequestInit): Promise<any> {
  const answer = await fetch(`${url}${path}`, init)
  if (!answer.ok) throw new ServiceError(answer.status)
  return answer.json()
}

export const look = (path: string, { signal }: Pick<Handed, 'signal'>): Promise<any> =>
  ask(path, { signal: patience(signal) })

export const send = (method: string, path: string, body: unknown, { key, signal }: Handed): Promise<any> =>
  ask(path, {
    method,
    body: JSON.stringify(body),
    headers: { 'idempotency-key': key },
    signal: patience(signal),
  })
