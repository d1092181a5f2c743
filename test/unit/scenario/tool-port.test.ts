import { describe, expect, it } from 'vitest'
import checkout from '../../../scenarios/checkout.scenario.js'
import order from '../../../scenarios/order.scenario.js'
import type { EventOf, EventType } from '../../../src/core/event.js'
import type { Pair } from '../../../src/explore/hands.js'
import { replaySource } from '../../../src/explore/replay-source.js'
import type { Scenario } from '../../../src/scenario/define-scenario.js'
import { runTrial } from '../../../src/scenario/run-trial.js'

const trial = (...decisions: Pair[]) => trialOf(checkout, decisions)

async function trialOf(scenario: Scenario, decisions: readonly Pair[]) {
  const calm = await runTrial(scenario, { source: replaySource([]), calm: true })
  const result = await runTrial(scenario, {
    source: replaySource(decisions),
    intended: calm.facts.intended,
    keepGoing: true,
    keepSites: true,
  })
  const of = <T extends EventType>(type: T) => result.events.filter((event) => event.type === type) as EventOf<T>[]
  return { ...result, of }
}

describe('a tool that changes between two lives while its call is open', () => {
  const charge = 'payments.charge#t1.c0/a1'
  const crash: Pair = [charge, 'process/crash-after-effect']
  const life = 'deployment.charge#life-2'

  it.each([
    ['version', 'the call was made for version none of the tool, which is now 1-next'],
    ['removed', 'the agent no longer has this tool'],
  ])('(%s) is not run for a call that was made for the old one', async (change, text) => {
    const { of, violations, faults } = await trial(crash, [life, 'tool/version-change'], [`${life}@change`, change])
    expect(of('call-settled').find(({ call }) => call === 't1.c0')).toMatchObject({
      outcome: 'unknown',
      attempts: 1,
      error: { class: 'unknown-tool', text: expect.stringContaining(text) },
    })
    expect(faults['tool/version-change']).toEqual({ planned: 1, injected: 1, landed: 1 })
    expect(violations).toEqual([])
  })

  it('a late result told that it happened: the call is not called failed', async () => {
    const { of, violations } = await trialOf(order, [
      ['stock.reserve#t2.c0/a1@time', 'after-deadline'],
      ['store/attempt-start/t2.c0/a2/try-1', 'process/crash-before-effect'],
      ['deployment.reserve#life-2', 'tool/version-change'],
    ])
    expect(of('late-result')).toMatchObject([{ call: 't2.c0', attempt: 1, outcome: 'ok' }])
    expect(of('call-settled').find(({ call }) => call === 't2.c0')).toMatchObject({ outcome: 'unknown', attempts: 1 })
    expect(violations).toEqual([])
  })

  it('makes no difference where only the schema is another and the tool names no version', async () => {
    const { faults, status } = await trial(crash, [life, 'tool/version-change'], [`${life}@change`, 'schema'])
    expect(faults['tool/version-change']?.landed).toBe(0)
    expect(status).toBe('completed')
  })

  it('is asked for only then: no life begins so on a calm day, nor between calls', async () => {
    const { visited } = await trial()
    expect(visited?.filter(({ label }) => label.startsWith('deployment'))).toEqual([])
  })
})

describe('a tool that writes into its arguments', () => {
  const site = 'tool.charge#t1.c0/a1'

  it.each(['field', 'removed', 'added'])('(%s) changes nothing that the runtime keeps or sends', async (change) => {
    const { of, violations, faults, status } = await trial([site, 'tool/mutate-args'], [`${site}@change`, change])
    const args = { orderId: 'A-7', cents: 4900 }
    expect(of('effect-applied').find(({ operation }) => operation === 'charge')?.input).toEqual(args)
    const [, second] = of('prompt-received')
    const proposed = second?.messages.flatMap((message) => (message.role === 'assistant' ? message.calls : []))
    expect(JSON.parse(proposed?.find(({ tool }) => tool === 'charge')?.arguments ?? '')).toEqual(args)
    expect(faults['tool/mutate-args']).toEqual({ planned: 1, injected: 1, landed: 1 })
    expect([status, violations]).toEqual(['completed', []])
  })

  it('is tried again with the arguments that were proposed', async () => {
    const lost: Pair = ['payments.charge#t1.c0/a1', 'tool/timeout-before-effect']
    const { of, status } = await trial([site, 'tool/mutate-args'], lost)
    expect(of('request-arrived').filter(({ operation }) => operation === 'charge')).toMatchObject([
      { attempt: 1, input: { orderId: 'A-7', cents: 4900 } },
      { attempt: 2, input: { orderId: 'A-7', cents: 4900 } },
    ])
    expect(status).toBe('completed')
  })
})
