import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Clients } from '../../../src/core/backend.js'
import { simplest } from '../../../src/kernel/source.js'
import { defineScenario } from '../../../src/scenario/define-scenario.js'
import { runTrial } from '../../../src/scenario/run-trial.js'
import { defineBackend } from '../../../src/sim/define-backend.js'

const shop = defineBackend({
  name: 'shop',
  state: () => ({}),
  operations: ({ write }) => ({
    refund: write({
      input: z.object({ lines: z.array(z.object({ cents: z.number() })) }),
      apply: (_state, { lines }) => ({ cents: lines[0]?.cents ?? 0 }),
    }),
  }),
})

/** A trial whose author does this with the ledger in the end. */
const trial = (success: (ledger: any) => boolean) =>
  runTrial(
    defineScenario({
      name: 'refunds',
      backends: { shop },
      run: async ({ shop: client }: Clients<{ shop: typeof shop }>) => {
        await client.refund({ lines: [{ cents: 3 }] })
        return client.refund({ lines: [{ cents: 4 }] })
      },
      model: () => [],
      success: ({ ledger }) => success(ledger),
    }),
    { source: simplest, fresh: true },
  )

describe('what `success` sees', () => {
  it('is the ledger, read as of any array', async () => {
    const sum = (ledger: any): number =>
      ledger.shop.refund.reduce((all: number, { input }: any) => all + input.lines[0].cents, 0)
    expect(await trial((ledger) => sum(ledger) === 7)).toMatchObject({ goal: true })
  })

  it.each([
    ['a line', (ledger: any) => ledger.shop.refund.push({})],
    ['what lies deep in an input', (ledger: any) => Object.assign(ledger.shop.refund[0].input.lines[0], { cents: 9 })],
  ])('cannot be written to: %s', async (_, write) => {
    const written: unknown[] = []
    const { goal, events } = await trial((ledger) => {
      try {
        write(ledger)
      } catch (error) {
        written.push(error)
      }
      return ledger.shop.refund.length === 2
    })
    expect(goal).toBe(true)
    expect(written).toEqual([expect.any(TypeError)])
    const effects = events.flatMap((event) => (event.type === 'effect-applied' ? [event.input] : []))
    expect(effects).toEqual([{ lines: [{ cents: 3 }] }, { lines: [{ cents: 4 }] }])
  })

  it('is asked for once', async () => {
    let times = 0
    await trial(() => ++times > 0)
    expect(times).toBe(1)
  })
})
