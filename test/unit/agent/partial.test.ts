import { describe, expect, it } from 'vitest'
import { type Model, type ModelAnswer, ModelError } from '../../../src/core/model.js'
import { propose, runWith, shopTool } from './shop-tools.js'
import { agentOf, say, World } from './small-world.js'

/** Streams a text in pieces; the attempts listed are cut after so many of them. */
function streaming(
  world: World,
  answer: ModelAnswer,
  cuts: Readonly<Record<number, number>>,
): { model: Model; asked: number[] } {
  const asked: number[] = []
  const model: Model = {
    '~model': true,
    answer: async ({ turn, attempt, onPartial }) => {
      asked.push(attempt)
      if (turn > 1) return say('done')
      const pieces = ['one ', 'two ', 'three']
      for (const [index] of pieces.entries()) {
        if (cuts[attempt] === index)
          throw new ModelError({ class: 'connection-lost', text: 'the stream was cut', retryable: true })
        await world.wait(10)
        onPartial?.(pieces.slice(0, index + 1).join(''))
      }
      if (cuts[attempt] === pieces.length)
        throw new ModelError({ class: 'connection-lost', text: 'the stream was cut', retryable: true })
      return answer
    },
  }
  return { model, asked }
}

const answer = { ...propose(['charge', { id: 'A' }]), text: 'one two three' }

describe('a streamed answer', () => {
  it.each([0, 1, 2, 3])('seed-20: cut after %i pieces leaves no text and no call behind', async (cut) => {
    const world = new World()
    const heard: string[] = []
    const { model, asked } = streaming(world, answer, { 1: cut })
    const agent = agentOf([shopTool(world, [], 'charge', { effect: 'write' })])
    const result = await runWith(world, agent, model, { onPartial: (text) => heard.push(text) })
    const [end] = await world.logged('model-call-end')
    expect(end).toMatchObject({ outcome: 'failed', text: '', calls: [] })
    if (cut === 0) {
      expect(asked).toEqual([1, 2, 1])
      expect(result).toMatchObject({ status: 'completed' })
    } else {
      expect(asked).toEqual([1])
      expect(result).toMatchObject({ status: 'failed', reason: 'model-failed', text: '' })
      expect(world.effects).toEqual([])
      expect(heard).toEqual(['one ', 'one two ', 'one two three'].slice(0, cut))
    }
    expect(JSON.stringify((await world.log()).filter(({ type }) => type !== 'model-call-end'))).not.toContain(
      'one two "',
    )
  })

  it('seed-20: is asked for again when nobody heard any of it', async () => {
    const world = new World()
    const { model, asked } = streaming(world, answer, { 1: 2 })
    const agent = agentOf([shopTool(world, [], 'charge', { effect: 'write' })])
    expect(await runWith(world, agent, model)).toMatchObject({ status: 'completed' })
    expect(asked).toEqual([1, 2, 1])
  })

  it('seed-20: leaves the same log whether it is heard or not, and whatever the observer throws', async () => {
    const logs = []
    for (const onPartial of [
      undefined,
      () => {},
      () => {
        throw new Error('no')
      },
    ]) {
      const world = new World()
      const { model } = streaming(world, answer, {})
      await runWith(world, agentOf([shopTool(world, [], 'charge', { effect: 'write' })]), model, { onPartial })
      logs.push(await world.log())
    }
    expect(logs[1]).toEqual(logs[0])
    expect(logs[2]).toEqual(logs[0])
  })

  it('seed-20: is not heard after its time is up', async () => {
    const world = new World()
    const heard: string[] = []
    const late: Model = {
      '~model': true,
      answer: async ({ onPartial }) => {
        await world.wait(70_000)
        onPartial?.('too late')
        return say('done')
      },
    }
    const result = await runWith(world, agentOf([]), late, { onPartial: (text) => heard.push(text) })
    await world.drain()
    expect(result).toMatchObject({ status: 'failed' })
    expect(heard).toEqual([])
  })
})
