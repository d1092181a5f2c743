/** Services whose reads lag behind their writes. */

import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { table } from '../../../src/backends.js'
import { defineBackend } from '../../../src/sim/define-backend.js'
import { returned, stage } from './stage.js'

const read = 'table.select#t1.c1/a1'

/** Writes, waits, and reads in an attempt of its own. */
async function readAfter(waitMs: number, staleMs: number | undefined, behind: string) {
  const { act, inCall, service, world } = stage([[`${read}/behind`, behind]])
  const { client } = service(table([{ id: 'ann', cents: 1 }], staleMs === undefined ? {} : { eventual: { staleMs } }))
  const outcome = await act(async () => {
    for (const cents of [2, 3]) await client.update({ id: 'ann', set: { cents } })
    await new Promise<void>((done) => world.timer(waitMs, done))
    return inCall('t1.c1', 1, () => client.select({}))
  })
  const decided = world.tape.decisions.map(({ label }) => label)
  return { cents: returned(outcome).rows[0]?.cents, decided }
}

describe('an eventually consistent service', () => {
  it.each([
    ['knows all writes when the seed says nothing', 0, 2_000, '0', 3],
    ['may not have heard of the last write', 0, 2_000, '1', 2],
    ['nor of the one before', 0, 2_000, '2', 1],
    ['has heard of what is older than it may lag', 5_000, 2_000, '2', 3],
  ] as const)('%s', async (_name, waitMs, staleMs, behind, cents) => {
    expect((await readAfter(waitMs, staleMs, behind)).cents).toBe(cents)
  })

  it('a service that is not one never lags', async () => {
    expect(await readAfter(0, undefined, '2')).toEqual({ cents: 3, decided: [] })
  })

  it('a read that is declared consistent never lags', async () => {
    const kept = defineBackend({
      name: 'kept',
      eventual: { staleMs: 2_000 },
      state: () => ({ count: 0 }),
      operations: ({ read, write }) => ({
        add: write({ input: z.object({}), apply: (state) => ++state.count }),
        sure: read({ input: z.object({}), consistent: true, answer: ({ count }) => count }),
      }),
    })
    const { act, inCall, service } = stage([['kept.sure#t1.c1/a1/behind', '1']])
    const { client } = service(kept)
    const outcome = await act(async () => {
      await client.add({})
      return inCall('t1.c1', 1, () => client.sure({}))
    })
    expect(outcome).toMatchObject({ value: 1 })
  })

  it.each([0, -1, Number.NaN])('a lag of %d is refused', (staleMs) => {
    expect(() => table([], { eventual: { staleMs } })).toThrowError(/staleMs must be more than 0/)
  })
})
