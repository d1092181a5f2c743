import { z } from 'zod'

export const refund = {
  description: 'Refund an order',
  inputSchema: z.object({ orderId: z.string().min(1), cents: z.number().int().positive() }),
  execute: async ({ orderId, cents }: { orderId: string; cents: number }): Promise<unknown> => {
    const body = JSON.stringify({ cents })
    const answer = await fetch(`https://api.shop.example/orders/${orderId}/refunds`, { method: 'POST', body })
    if (!answer.ok) throw new Error(`refund failed: ${answer.status}`)
    return answer.json()
  },
}
