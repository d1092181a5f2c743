/** Names in a scenario that nobody has: the calm day tells them, with what was meant. */

import { expect, test } from 'vitest'
import { z } from 'zod'
import { type Clients, defineBackend, defineScenario, obedient } from '../../../src/index.js'
import { simplest } from '../../../src/kernel/source.js'
import { defineAgent, defineTool } from '../../../src/runtime.js'
import { runTrial } from '../../../src/scenario/run-trial.js'
import type { Approver } from '../../../src/sim/actor/approver.js'

const input = z.object({ orderId: z.string() })
const shop = defineBackend({
  name: 'shop',
  state: () => ({}),
  operations: ({ write }) => ({ refund: write({ input, keyed: true, apply: () => ({ refundId: 'r-1' }) }) }),
})
const output = z.object({ refundId: z.string() })
const clerk = ({ shop: { refund } }: Clients<{ shop: typeof shop }>) => {
  const execute = (order: { orderId: string }, { key }: { key: string }) => refund(order, { idempotencyKey: key })
  const refunding = { description: 'Refund an order', effect: 'write', input, output, execute } as const
  return defineAgent({
    name: 'clerk',
    instructions: 'Refund.',
    tools: [
      defineTool({ name: 'refundOrder', ...refunding }),
      defineTool({ name: 'refundMuch', approval: { approvers: ['lead'] }, ...refunding }),
    ],
  })
}

interface Written {
  readonly model?: unknown
  readonly approvers?: Readonly<Record<string, Approver>>
}

async function toldOf({ model, approvers = {} }: Written): Promise<readonly string[]> {
  const script = model ?? (({ call, say }: any) => [call('refundOrder', { orderId: 'A-7' }), say('Done.')])
  const scenario = { name: 'clerk', backends: { shop }, agent: clerk, prompt: 'Refund A-7.', model: script, approvers }
  const { problems } = await runTrial(defineScenario(scenario as never), { source: simplest, calm: true })
  return problems.map(({ what, remedy }) => `${what} → ${remedy}`)
}

test('a script that calls a misspelt tool is told which one was meant', async () => {
  const model = ({ call, say }: any) => [call('refundOrdr', { orderId: 'A-7' }), say('Done.')]
  expect(await toldOf({ model })).toEqual([
    'the script calls "refundOrdr", a tool that the agent does not have → did you mean refundOrder?',
  ])
})

test('a tool that nobody could have meant is a hallucination, which a script may play', async () => {
  const model = ({ call, say }: any) => [call('summonDragon', {}), say('Done.')]
  expect(await toldOf({ model })).toEqual([])
})

test.each([
  ['refundOrdr', 'did you mean refundOrder?'],
  ['refundMuch', 'let an earlier turn of the script call for it'],
])('arguments that ask for the result of %s, which never came, are named', async (tool, remedy) => {
  const model = ({ call, say }: any) => [
    call('refundOrder', (seen: any) => ({ orderId: seen(tool).refundId })),
    say('Done.'),
  ]
  expect(await toldOf({ model })).toEqual([
    `1 turn of the script was never asked for: the model had to go on without the result of ${tool} → ${remedy}`,
  ])
})

test('a script that is too long is told so', async () => {
  const model = ({ call, say }: any) => [
    call('refundOrder', { orderId: 'A-7' }),
    say('Done.'),
    say('Done.'),
    say('Done.'),
  ]
  expect(await toldOf({ model })).toEqual([
    '2 turns of the script were never asked for → shorten the script, or let the agent go on',
  ])
})

test('approvers whom no tool asks are named, whatever the model', async () => {
  const approvers = {
    leed: { decides: 'approve' },
    lead: { decides: 'approve' },
    finance: { decides: 'deny' },
  } as const
  const told = [
    'the approver "leed" was declared and is never asked → did you mean lead?',
    'the approver "finance" was declared and is never asked → its tools ask lead',
  ]
  expect(await toldOf({ approvers })).toEqual(told)
  expect(await toldOf({ approvers, model: obedient() })).toEqual(told)
  expect(await toldOf({ approvers: { lead: { decides: 'approve' } } })).toEqual([])
})
