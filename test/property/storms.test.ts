/** Storms inside anyone's `fc.assert`: fast-check draws them, our shrinker runs inside, the error carries the line that replays. */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { installShims } from '../../src/box/install.js'
import { decodeToken } from '../../src/core/token.js'
import { replaySource } from '../../src/explore/replay-source.js'
import { storms } from '../../src/explore/storms.js'
import { defineScenario } from '../../src/scenario/define-scenario.js'
import { runTrial } from '../../src/scenario/run-trial.js'

installShims()
const { default: checkout } = await import('../../scenarios/checkout.scenario.js')
const { supportAgent, tools } = await import('../../scenarios/agents/support-agent.js')
const { shop } = await import('../../scenarios/backends/shop.js')

/** The scenario of the same name, without its word that the agent is known to be broken. */
const support = defineScenario({
  name: 'support-refund',
  backends: { shop },
  tools,
  run: () => supportAgent('Order A-7 came broken. Please refund it.'),
  model: ({ call, say }) => [
    call('findOrder', { orderId: 'A-7' }),
    call('refundOrder', (seen) => ({ orderId: 'A-7', cents: seen('findOrder').cents })),
    say('Your refund is on its way.'),
  ],
  always: { 'an order is refunded once': ({ ledger }) => ledger.shop.refund.length <= 1 },
})

test('a correct agent keeps every promise in every storm that fast-check draws', async () => {
  await fc.assert(
    fc.asyncProperty(storms(checkout), (storm) => storm.run()),
    { seed: 7, numRuns: 60 },
  )
})

test('a broken agent fails with a story and a line that replays', async () => {
  const property = fc.asyncProperty(storms(support), fc.constantFrom('a', 'b'), (storm, _word) => storm.run())
  const report = await fc.check(property, { seed: 7, numRuns: 400 })
  expect(report.failed).toBe(true)
  const message = String((report.errorInstance as Error | null)?.message)
  expect(message).toContain('answer lost')
  const token = /npx stormproof replay (v1\.\S+)/.exec(message)?.[1] ?? ''
  const repro = decodeToken(token)
  expect(/needs: (.*)/.exec(message)?.[1]?.split(' + ').length).toBeLessThanOrEqual(2)
  const calm = await runTrial(support, { source: replaySource([]), calm: true })
  const again = await runTrial(support, {
    source: replaySource('decisions' in repro ? repro.decisions : []),
    intended: calm.facts.intended,
  })
  expect(again.violations.map(({ invariant }) => invariant)).toContain('an order is refunded once')
})

test("fast-check's own seed and path lead to the same failure", async () => {
  const property = (): fc.IAsyncProperty<[{ run(): Promise<void> }]> =>
    fc.asyncProperty(storms(support), (storm) => storm.run())
  const first = await fc.check(property(), { seed: 7, numRuns: 400 })
  const again = await fc.check(property(), { seed: 7, path: first.counterexamplePath ?? '', endOnFailure: true })
  expect(again.failed).toBe(true)
  expect((again.errorInstance as Error).message).toBe((first.errorInstance as Error).message)
})
