/** A model whose window has no room left for what it has done, and that is told to do it again. */

import { defineScenario, policy } from 'stormproof'
import { mail } from 'stormproof/backends'
import { defineAgent, defineTool } from 'stormproof/runtime'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { simplest } from '../../src/kernel/source.js'
import { runTrial } from '../../src/scenario/run-trial.js'

const lastTurn = 6
const letter = { to: 'ann@shop.example', subject: 'A-7', body: 'It is cancelled.' }

const scenario = defineScenario({
  name: 'forgetful-clerk',
  backends: { post: mail() },
  agent: ({ post }) =>
    defineAgent({
      name: 'clerk',
      instructions: 'Write what you are asked to.',
      tools: [
        defineTool({
          name: 'write_letter',
          description: 'Write a letter',
          effect: 'write',
          input: z.object({ to: z.string(), subject: z.string(), body: z.string() }),
          output: z.unknown(),
          execute: (input, { key, signal }) => post.send(input, { idempotencyKey: key, signal }),
        }),
        defineTool({
          name: 'look_up',
          description: 'Look something up',
          effect: 'read',
          input: z.object({ page: z.int() }),
          output: z.unknown(),
          execute: async ({ page }) => ({ text: `page ${page} `.repeat(80) }),
        }),
      ],
      context: { windowTokens: 1_200, reserveTokens: 100 },
    }),
  prompt: 'Write to Ann.',
  model: policy(({ turn }, kit) => {
    if (turn > lastTurn) return kit.say('Done.')
    return [turn === 1 || turn === lastTurn ? kit.call('write_letter', letter) : kit.call('look_up', { page: turn })]
  }),
  success: () => true,
})

it('an order that the model gives again after its window was cut is an order like any other', async () => {
  const { events, violations } = await runTrial(scenario, { source: simplest, keepGoing: true })
  const [, again] = events.filter(({ type }) => type === 'effect-applied')
  const prompt = events.findLast((event) => event.type === 'prompt-received' && event.seq < (again?.seq ?? 0))
  expect(again).toMatchObject({ call: `t${lastTurn}.c0` })
  expect(JSON.stringify(prompt)).toContain('earlier messages are not shown')
  expect(JSON.stringify(prompt)).not.toContain('write_letter","arguments')
  expect(violations).toEqual([])
})
