import { expect, test } from 'vitest'
import { z } from 'zod'
import { replaySource } from '../../../src/explore/replay-source.js'
import { defineBackend, defineScenario } from '../../../src/index.js'
import { runTrial } from '../../../src/scenario/run-trial.js'

const shop = defineBackend({
  name: 'shop',
  state: () => ({}),
  operations: ({ write }) => ({
    refund: write({ input: z.object({ order: z.string() }), keyed: true, apply: () => ({ ok: true }) }),
  }),
})

const refunding = (allow: readonly string[], tries: number) =>
  defineScenario({
    name: 'refunding',
    backends: { shop },
    model: () => [],
    run: async ({ shop }) => {
      for (let i = 0; i < tries; i++) await shop.refund({ order: 'A-7' })
    },
    always: { 'an order is refunded once': ({ ledger }) => ledger.shop.refund.length <= 1 },
    faults: { allow },
  })

const promises = ['at-most-once-effect', 'an order is refunded once']

async function verdicts(allow: readonly string[], tries = 1) {
  const scenario = refunding(allow, tries)
  const calm = await runTrial(scenario, { source: replaySource([]), calm: true, keepGoing: true })
  const site = calm.events.find((event) => event.type === 'request-arrived')?.site as string
  const source = replaySource([[site, 'tool/duplicate-effect']])
  const result = await runTrial(scenario, { source, intended: { 'shop.refund:{"order":"A-7"}': 1 }, keepGoing: true })
  return result.verdicts
    .filter(({ invariant }) => promises.includes(invariant))
    .map(({ invariant, verdict, reason }) => [invariant, verdict, reason])
}

const waived = 'under tool/duplicate-effect no agent can keep it'

test('a fault that no agent can bear does not occur unasked', async () => {
  expect(await verdicts([])).toEqual([
    ['an order is refunded once', 'valid', undefined],
    ['at-most-once-effect', 'valid', undefined],
  ])
})

test('where a scenario allows it, it does, and the promises it breaks are not judged', async () => {
  expect(await verdicts(['tool/duplicate-effect'])).toEqual([
    ['an order is refunded once', 'unknown', waived],
    ['at-most-once-effect', 'unknown', waived],
  ])
})

test('a name that is no fault is refused', async () => {
  const scenario = refunding(['tool/duplicate-efect'], 1)
  await expect(runTrial(scenario, { source: replaySource([]) })).rejects.toThrow(
    /did you mean "tool\/duplicate-effect"/,
  )
})
