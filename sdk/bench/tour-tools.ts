/** A tour of five cities, a flight and a hotel in each: what all agents of the bench do, over plain `fetch`. */

export const instructions = 'You book tours.'
export const prompt = 'Book a flight and a hotel in Lima, Oslo, Kyoto, Quito and Tunis.'

export interface Booking {
  readonly kind: 'flight' | 'hotel'
  readonly city: string
}

/** The same booking carries the same key, however often it is asked for. */
export async function book({ kind, city }: Booking): Promise<{ reference: string }> {
  const answer = await fetch('https://api.tours.example/bookings', {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': `${kind}-${city}` },
    body: JSON.stringify({ kind, city }),
  })
  if (!answer.ok) throw new Error(`not booked: ${answer.status}`)
  return (await answer.json()) as { reference: string }
}

export const parameters = {
  type: 'object' as const,
  properties: { kind: { type: 'string', enum: ['flight', 'hotel'] }, city: { type: 'string' } },
  required: ['kind', 'city'],
}
