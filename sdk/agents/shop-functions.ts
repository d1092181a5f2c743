/** The shop's functions by name, with their schemas: what loops written by hand offer to a model and carry out. */

import { charge, findOrder, mail } from './shop-api.ts'

interface Offered {
  readonly name: string
  readonly description: string
  readonly parameters: {
    readonly type: 'object'
    readonly properties: Readonly<Record<string, { readonly type: 'string' | 'integer' }>>
    readonly required: string[]
  }
}

const offer = (name: string, description: string, properties: Offered['parameters']['properties']): Offered => ({
  name,
  description,
  parameters: { type: 'object', properties, required: Object.keys(properties) },
})

export const offered: readonly Offered[] = [
  offer('findOrder', 'Find an order by its id', { orderId: { type: 'string' } }),
  offer('charge', 'Charge the customer for an order', { orderId: { type: 'string' }, cents: { type: 'integer' } }),
  offer('mail', 'Mail the customer about an order', { orderId: { type: 'string' }, text: { type: 'string' } }),
]

const functions: Readonly<Record<string, (input: any) => Promise<unknown>>> = { findOrder, charge, mail }

/** What a model reads of a call: its result, or why there is none. */
export async function carryOut(name: string, input: unknown): Promise<string> {
  const run = functions[name]
  if (!run) return JSON.stringify({ error: `there is no tool ${name}` })
  try {
    return JSON.stringify(await run(input))
  } catch (error) {
    return JSON.stringify({ error: (error as Error).message })
  }
}
