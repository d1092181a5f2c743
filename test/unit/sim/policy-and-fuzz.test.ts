import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import type { Message } from '../../../src/core/message.js'
import type { ModelAnswer } from '../../../src/core/model.js'
import { check, type Schema, toJsonSchema } from '../../../src/core/schema.js'
import { fuzz } from '../../../src/sim/fuzz.js'
import { modelPort } from '../../../src/sim/model-port.js'
import { type ModelPolicy, type PolicyDefinition, policy } from '../../../src/sim/script.js'
import { scriptedModel } from '../../../src/sim/scripted-model.js'
import { stage } from './stage.js'

const user: Message = { role: 'user', text: 'Go.' }
const tool = (schema: Schema, name = 'do') => ({ name, description: name, inputSchema: toJsonSchema(schema) })

/** What the policy answers in its first `turns` turns, each call met with an ok result. */
function answers(
  model: ModelPolicy,
  schema: Schema,
  turns: number,
  decisions: readonly (readonly [string, string])[] = [],
) {
  const on = stage(decisions)
  const plan = { entries: [], policy: model as unknown as PolicyDefinition, onFailure: 'any' } as const
  const port = modelPort(
    on.setting,
    scriptedModel(on.setting, plan, () => false),
    60_000,
  )
  const { signal } = new AbortController()
  return on.act(async () => {
    const messages: Message[] = [user]
    const given: ModelAnswer[] = []
    for (let turn = 1; turn <= turns; turn++) {
      const answer = await port.answer({ messages, tools: [tool(schema)], signal, turn, attempt: 1 })
      given.push(answer)
      messages.push({ role: 'assistant', text: answer.text, calls: answer.calls })
      if (answer.calls.length === 0) break
      const results = answer.calls.map(({ id, tool }) => ({ id, tool, outcome: 'ok' as const, content: '1' }))
      messages.push({ role: 'tool', results })
    }
    return given
  })
}

const inputs = (given: readonly ModelAnswer[]): unknown[] =>
  given.flatMap(({ calls }) => calls.map((call) => JSON.parse(call.arguments)))

async function given(...asked: Parameters<typeof answers>): Promise<readonly ModelAnswer[]> {
  const outcome = await answers(...asked)
  if (outcome.kind !== 'returned') throw expect.unreachable(`the model ${outcome.kind}`)
  return outcome.value
}

describe('a policy', () => {
  it('is shown the turn and the texts, and draws its chance from the tape', async () => {
    const seen: unknown[] = []
    const model = policy((request, { call, say }, draw) => {
      seen.push(request)
      return request.turn === 1 ? [call('do', { n: draw.int('n', 1, 9) })] : say('Done.')
    })
    const calm = await given(model, z.object({ n: z.int() }), 2)
    expect(inputs(calm)).toEqual([{ n: 1 }])
    expect(calm[1]?.text).toBe('Done.')
    expect(seen).toEqual([
      { turn: 1, messages: [{ role: 'user', text: 'Go.' }], tools: expect.anything() },
      {
        turn: 2,
        messages: [
          { role: 'user', text: 'Go.' },
          { role: 'assistant', text: '' },
          { role: 'tool', text: '1' },
        ],
        tools: expect.anything(),
      },
    ])
    expect(inputs(await given(model, z.object({}), 1, [['policy/t1/n', '4']]))).toEqual([{ n: 5 }])
  })

  it('that answers neither calls nor a text ends the trial as the mistake it is', async () => {
    const wrong = policy((() => 'hello') as never)
    await expect(answers(wrong, z.object({}), 1)).rejects.toMatchObject({
      code: 'scenario',
      message: 'turn 1 of the policy is neither a call nor a text',
    })
  })

  it('that throws ends the trial with its words', async () => {
    const broken = policy(() => {
      throw new TypeError('no such thing')
    })
    await expect(answers(broken, z.object({}), 1)).rejects.toMatchObject({
      code: 'scenario',
      message: expect.stringContaining('no such thing'),
    })
  })
})

describe('fuzz', () => {
  const kinds: Readonly<Record<string, Schema>> = {
    text: z.object({ a: z.string(), b: z.string().min(20) }),
    formats: z.object({ mail: z.email(), id: z.uuid(), url: z.url() }),
    numbers: z.object({ any: z.number(), whole: z.int(), count: z.int().positive(), few: z.int().min(3).max(5) }),
    fractions: z.object({ share: z.number().min(0.2).max(0.8), part: z.number().gt(0).lt(1) }),
    below: z.object({ debt: z.int().max(-1), cold: z.number().min(-5).max(-2) }),
    choices: z.object({
      one: z.enum(['x', 'y']),
      either: z.union([z.literal(1), z.object({ b: z.boolean() })]),
      none: z.null(),
    }),
    lists: z.object({ of: z.array(z.object({ n: z.int() })), maybe: z.string().optional() }),
  }

  it.each(Object.keys(kinds))('makes calls that the schema takes: %s', async (kind) => {
    const schema = kinds[kind]!
    const answer = await given(fuzz({ turns: 8 }), schema, 9)
    const made = inputs(answer)
    expect(made.length).toBeGreaterThanOrEqual(8)
    for (const input of made) expect(check(schema, input)).toMatchObject({ ok: true })
  })

  it('ends after its turns with a text, and repeats no call word for word where there is a choice', async () => {
    const answer = await given(fuzz(), z.object({ a: z.string() }), 9)
    expect(answer).toHaveLength(5)
    expect(answer.at(-1)).toMatchObject({ text: 'Done.', calls: [] })
    const made = inputs(answer).map((input) => JSON.stringify(input))
    expect(new Set(made).size).toBe(made.length)
  })

  it('draws width and values from the tape', async () => {
    const decisions = [
      ['policy/t1/width', '1'],
      ['policy/t1/c0/a', '2'],
    ] as const
    const [answer] = await given(fuzz(), z.object({ a: z.string() }), 1, decisions)
    expect(answer?.calls.map((call) => JSON.parse(call.arguments))).toEqual([{ a: 'B-12' }, { a: 'A-7' }])
  })

  it('says hostile things only on request', async () => {
    const last = [['policy/t1/c0/a', '13']] as const
    expect(inputs(await given(fuzz({ hostile: true }), z.object({ a: z.string() }), 1, last))).toEqual([
      { a: '𝕏'.repeat(64) },
    ])
    expect(inputs(await given(fuzz(), z.object({ a: z.string() }), 1, last))).toEqual([{ a: 'A-7' }])
  })
})
