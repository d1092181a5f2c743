/** What cannot have been meant is refused where it is written, with what was expected, what came and what to do. */

import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { defineScenario } from '../../../src/index.js'
import { memoryStore } from '../../../src/platform/memory-store.js'
import { chatModel, defineAgent, defineTool, runAgent } from '../../../src/runtime.js'

const tool = (more: object = {}): any =>
  defineTool({
    name: 'charge',
    description: 'Charge the customer',
    effect: 'write',
    input: z.object({ cents: z.int() }),
    output: z.object({}),
    execute: () => Promise.resolve({}),
    ...more,
  } as never)
const agent = (more: object = {}): any =>
  defineAgent({ name: 'till', instructions: 'Charge.', tools: [tool()], ...more } as never)

describe('a definition', () => {
  test.each([
    [
      'a misspelt approval',
      () => tool({ aproval: 'required' }),
      'tool charge has no field "aproval"',
      'did you mean approval?',
    ],
    ['a misspelt limit', () => agent({ limits: { turn: 1 } }), 'limits has no field "turn"', 'turns'],
    ['a misspelt budget', () => agent({ budget: { token: 1 } }), 'budget has no field "token"', 'tokens'],
    ['a budget of nothing', () => agent({ budget: {} }), 'budget must be of tokens or cost', 'correct it'],
    [
      'a cost without prices',
      () => agent({ budget: { cost: 1 } }),
      'budget.price must be given where there is a cost',
      'correct it',
    ],
    [
      'a number for a budget',
      () => agent({ budget: 100 }),
      'budget must be an object, not 100',
      'its fields are tokens',
    ],
    [
      'a text for a number',
      () => agent({ budget: { tokens: '5' } }),
      'budget.tokens must be a whole number',
      'correct it',
    ],
    [
      'an unknown effect',
      () => tool({ effect: 'delete' }),
      'effect of tool charge must be read or write or irreversible, not "delete"',
      'correct',
    ],
    [
      'an unknown idempotency',
      () => tool({ idempotency: 'no' }),
      'idempotency of tool charge must be natural or keyed or none, not "no"',
      'correct it',
    ],
    [
      'an approval of false',
      () => tool({ approval: false }),
      'approval of tool charge must be an object, not false',
      'approvers',
    ],
    ['no approvers', () => tool({ approval: { approvers: [] } }), 'an empty list', 'approvers'],
    [
      'tools by name',
      () => agent({ tools: { charge: tool() } }),
      'tools of agent till must be a list of what defineTool gives, not an object',
      'defineTool',
    ],
    [
      'tokens of a subagent that are no number',
      () => agent({ subagents: { other: { agent: agent(), description: 'd', tokens: Number.NaN } } }),
      'tokens of the subagent other must be a whole number from 0, not NaN',
      'equal share',
    ],
    [
      'an approver who does not decide',
      () => defineScenario({ name: 's', agent: () => agent(), prompt: 'p', approvers: { ann: {} } } as never),
      '`decides` of the approver ann must be approve or deny or ignore or any, not undefined',
      'correct',
    ],
    [
      'a misspelt field of a scenario',
      () => defineScenario({ name: 's', agent: () => agent(), promptt: 'p' } as never),
      'a scenario has no field "promptt"',
      'did you mean prompt?',
    ],
  ])('with %s is refused', (_what, make, message, remedy) => {
    expect(make).toThrow(
      expect.objectContaining({ message: expect.stringContaining(message), remedy: expect.stringContaining(remedy) }),
    )
  })

  const model = chatModel({ baseUrl: 'http://localhost', model: 'm', apiKey: 'k' })
  const store = memoryStore()

  test.each([
    ['without a session', { session: undefined }, 'undefined'],
    ['without a store', { store: undefined }, 'store must be what fileStore makes, not undefined'],
    ['with a model that is none', { model: {} }, 'model must be what chatModel or fromLanguageModel makes'],
    ['with a misspelt field', { onPartal: () => {} }, 'has no field "onPartal"'],
  ])('of a run %s is refused at once, and no session begins', async (_what, wrong, message) => {
    const options = { session: 's', prompt: 'p', model, store, ...wrong } as never
    await expect(runAgent(agent(), options)).rejects.toMatchObject({
      code: 'config',
      message: expect.stringContaining(message),
    })
    expect(await store.sessions()).toEqual([])
  })

  test('of a chat model with a misspelt field is refused, with the nearest', () => {
    const misspelt = { baseUrl: 'http://localhost', model: 'm', apikey: 'k' } as never
    expect(() => chatModel(misspelt)).toThrow(
      expect.objectContaining({
        message: expect.stringContaining('"apikey"'),
        remedy: expect.stringContaining('apiKey'),
      }),
    )
  })
})
