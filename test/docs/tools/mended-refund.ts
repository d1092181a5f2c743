import { z } from 'zod'

/** Tells a caller what may be tried again. */
class RefundError extends Error {
  readonly status: number
  readonly retryable: boolean

  constructor(status: number) {
    super(`refund failed: ${status}`)
    this.status = status
    this.retryable = status === 429 || status >= 500
  }
}

interface Call {
  readonly toolCallId: string
  readonly abortSignal: AbortSignal
}

export const refund = {
  description: 'Refund an order',
  inputSchema: z.object({ orderId: z.string().min(1), cents: z.number().int().positive() }),
  execute: async (
    { orderId, cents }: { orderId: string; cents: number },
    { toolCallId, abortSignal }: Call,
  ): Promise<unknown> => {
    const answer = await fetch(`https://api.shop.example/orders/${encodeURIComponent(orderId)}/refunds`, {
      method: 'POST',
      body: JSON.stringify({ cents }),
      headers: { 'idempotency-key': toolCallId },
      signal: AbortSignal.any([abortSignal, AbortSignal.timeout(30_000)]),
    })
    if (!answer.ok) throw new RefundError(answer.status)
    return answer.json()
  },
}
