import { describe, expect, it } from 'vitest'
import { type ModelAnswer, ModelError } from '../../../src/core/model.js'
import { agentOf, calls, say, World } from './small-world.js'

const reasonFor = async (answer: ModelAnswer) => {
  const world = new World()
  const result = await world.run(agentOf([world.tool('charge')]), world.model(answer))
  return { result, asked: world.prompts.length, effects: world.effects.length }
}

describe('a model call', () => {
  it.each([
    [{ ...calls('charge A'), stop: 'length' as const }, 'truncated', 3],
    [{ ...calls('charge A'), stop: 'content-filter' as const }, 'content-filter', 1],
    [{ ...say('no'), stop: 'refusal' as const }, 'refusal', 1],
    [say(''), 'model-failed', 3],
    [{} as ModelAnswer, 'model-failed', 3],
  ])('with the answer %j ends as %s after %i attempts and executes nothing', async (answer, reason, attempts) => {
    const { result, asked, effects } = await reasonFor(answer)
    expect(result).toMatchObject({ status: 'failed', reason })
    expect({ asked, effects }).toEqual({ asked: attempts, effects: 0 })
  })

  it('is tried again after a typed, retryable error, and not after a final one', async () => {
    const world = new World()
    const unavailable = new ModelError({ class: 'unavailable', text: 'down', retryable: true, status: 503 })
    const final = new ModelError({ class: 'permanent', text: 'no key', retryable: false, status: 401 })
    const model = world.model(({ attempt }) => {
      throw attempt === 1 ? unavailable : final
    })
    expect(await world.run(agentOf([]), model)).toMatchObject({ status: 'failed', reason: 'model-failed' })
    expect(world.prompts).toHaveLength(2)
  })

  it('that never answers is cut off and tried again', async () => {
    const world = new World()
    const answering = world.model(say('done'))
    const signals: AbortSignal[] = []
    const model = {
      ...answering,
      answer: (request: Parameters<typeof answering.answer>[0]) => {
        signals.push(request.signal)
        return request.attempt === 1 ? new Promise<never>(() => {}) : answering.answer(request)
      },
    }
    expect(await world.run(agentOf([]), model)).toMatchObject({ status: 'completed' })
    expect(signals.map((signal) => signal.aborted)).toEqual([true, false])
    expect(await world.logged('model-call-end')).toMatchObject([
      { outcome: 'failed', error: { class: 'timeout' } },
      { outcome: 'ok' },
    ])
    expect(world.timers).toBe(0)
  })
})

it('seed-43: a result its tool does not declare is unknown on a write, and its text never reaches the model as success', async () => {
  const world = new World()
  const charge = { ...world.tool('charge', { idempotency: 'none' }), execute: async () => '<html>' }
  const result = await world.run(agentOf([charge]), world.model(calls('charge A'), say('done')))
  expect(await world.logged('call-settled')).toMatchObject([{ outcome: 'unknown', error: { class: 'invalid-output' } }])
  expect(result).toMatchObject({ status: 'needs-intervention' })
})
