/** The client of the shop that all agents here share, as a team would write it once: plain `fetch`, and no retry of its own. */

const api = 'https://api.shop.example'

export interface Order {
  readonly orderId: string
  readonly cents: number
}

export interface Charge {
  readonly chargeId: string
  readonly cents: number
}

const post = (path: string, body: unknown): Promise<Response> =>
  fetch(`${api}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

async function read<T>(answer: Response): Promise<T> {
  if (!answer.ok) throw new Error(`the shop answered ${answer.status}`)
  return (await answer.json()) as T
}

export const findOrder = async ({ orderId }: { orderId: string }): Promise<Order> =>
  read(await fetch(`${api}/orders/${orderId}`))

export const charge = async ({ orderId, cents }: Order): Promise<Charge> =>
  read(await post(`/orders/${orderId}/charges`, { cents }))

export const mail = async ({ orderId, text }: { orderId: string; text: string }): Promise<{ sent: boolean }> =>
  read(await post('/mails', { orderId, text }))
