import { expect, it } from 'vitest'
import { tickets } from '../../../../src/sim/backend/tickets.js'
import { type Stage, stage } from '../stage.js'

const key = { idempotencyKey: 'k' }

it('reads back what was opened, answered and closed, each a line of the ledger', async () => {
  const on: Stage = stage()
  const { client } = on.service(tickets())
  const outcome = await on.act(async () => {
    const { ticketId } = await client.open({ subject: 'lost parcel' })
    await client.reply({ ticketId, text: 'we look' })
    await client.close({ ticketId })
    return client.get({ ticketId })
  })
  const ticket = { subject: 'lost parcel', status: 'closed', replies: ['we look'] }
  expect(outcome).toMatchObject({ kind: 'returned', value: { ticket } })
  expect(on.world.ledger.rows).toHaveLength(3)
})

it.each(['tk_9', 'constructor'])('says of %s, which nobody opened, that it is not there', async (ticketId) => {
  const on: Stage = stage()
  const { client } = on.service(tickets())
  const outcome = await on.act(async () => [await client.close({ ticketId }), await client.get({ ticketId })])
  expect(outcome).toMatchObject({ kind: 'returned', value: [{ found: false }, { ticket: null }] })
})

it.each([
  [true, 1],
  [false, 2],
])('keyed %s: the same key twice opens %i', async (keyed, opened) => {
  const on: Stage = stage()
  const { client } = on.service(tickets({ keyed }))
  await on.act(async () => {
    await client.open({ subject: 'lost parcel' }, key)
    await client.open({ subject: 'lost parcel' }, key)
  })
  expect(on.world.ledger.rows).toHaveLength(opened)
})
