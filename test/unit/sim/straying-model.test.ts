/** A model that means something else than its script: what it says, and what the world tells of it. */

import { describe, expect, it } from 'vitest'
import type { JsonSchema } from '../../../src/core/json-schema.js'
import type { Script } from '../../../src/sim/script.js'
import { inventedValue, otherValue } from '../../../src/sim/stray.js'
import { returned } from './stage.js'
import { allFail, fine, type Reply, talk, told } from './talk.js'

const site = 'model/t1/a1'
const at = (where: string, fault: string, details: Readonly<Record<string, string>> = {}) =>
  [[where, fault], ...Object.entries(details).map(([name, value]) => [`${where}@${name}`, value])] as [string, string][]

/** What the first turns say, and which of them strayed. */
async function turns(decisions: readonly [string, string][], replies: readonly Reply[], entries?: Script<any>) {
  const { act, say, events } = talk({ decisions, ...(entries && { entries }) })
  const outcome = await act(async () => {
    const answers: string[] = []
    for (const reply of replies) answers.push(told(await say(reply)))
    return answers
  })
  const landed = events('fault-landed').map(({ fault }) => fault)
  return { said: returned(outcome), strayed: events('model-strayed').map(({ turn }) => turn), landed }
}

describe('model/semantic', () => {
  it.each([
    ['wrong-value', 'look {"at":"A 2"}, look {"at":"B"}', [1]],
    ['hallucinated-id', 'look {"at":"A-90417"}, look {"at":"B"}', [1]],
    ['goal-drift', 'By the way, have you seen how fine the weather is today?', [1]],
    ['contradiction', 'look {"at":"A"}, look {"at":"B"}', []],
  ])('%s', async (kind, first, strayed) => {
    const { said, ...rest } = await turns(at(site, 'model/semantic', { kind }), [fine])
    expect(said).toEqual([first])
    expect(rest).toEqual({ strayed, landed: ['model/semantic'] })
  })

  it('drifts to another tool where it has one, and its script goes on behind it', async () => {
    const { act, ask } = talk({ decisions: at(site, 'model/semantic', { kind: 'goal-drift' }) })
    const inputSchema = { type: 'object', properties: { n: { type: 'integer', minimum: 3 } }, required: ['n'] }
    const tools = [
      { name: 'dig', description: 'Dig', inputSchema },
      { name: 'look', description: 'Look', inputSchema: {} },
    ]
    expect(told(returned(await act(() => ask(undefined, tools))))).toBe('dig {"n":3}')
  })

  it('says in words what it does not do', async () => {
    const { act, ask } = talk({ decisions: at(site, 'model/semantic', { kind: 'contradiction' }) })
    expect(returned(await act(() => ask()))).toMatchObject({ text: 'This must not be done, and I will not do it.' })
  })
})

describe('another value', () => {
  const object = (properties: Readonly<Record<string, JsonSchema>>): JsonSchema => ({ type: 'object', properties })
  it.each<[string, unknown, JsonSchema | undefined, unknown, unknown]>([
    ['a number in a text', { id: 'A-7' }, undefined, { id: 'A-8' }, { id: 'A-90417' }],
    ['a number', { n: 7 }, object({ n: { type: 'integer', maximum: 7 } }), { n: 6 }, undefined],
    ['a choice', { size: 'S' }, object({ size: { enum: ['S', 'M'] } }), { size: 'M' }, undefined],
    ['the only choice', { size: 'S' }, object({ size: { enum: ['S'] } }), undefined, undefined],
    ['a truth', { yes: true }, undefined, { yes: false }, undefined],
    [
      'a date stays',
      { on: '2026-01-02', n: 1 },
      object({ on: { format: 'date' } }),
      { on: '2026-01-02', n: 2 },
      { on: '90417-90417-90417', n: 1 },
    ],
    [
      'within a list',
      { lines: [{ sku: 'x1' }] },
      undefined,
      { lines: [{ sku: 'x2' }] },
      { lines: [{ sku: 'x90417' }] },
    ],
    ['nothing there', {}, undefined, undefined, undefined],
    ['nothing', null, undefined, undefined, undefined],
  ])('%s', (_name, input, schema, other, invented) => {
    expect(otherValue(input, schema)).toEqual(other)
    expect(inventedValue(input, schema)).toEqual(invented)
  })
})

describe('model/loop', () => {
  const both = 'look {"at":"A"}, look {"at":"B"}'

  it('repeats its calls, and then goes on', async () => {
    const { said, strayed, landed } = await turns(at(site, 'model/loop', { times: '3' }), [fine, fine, fine, fine])
    expect(said).toEqual([both, both, both, 'look {"at":"C1"}'])
    expect(strayed).toEqual([2, 3])
    expect(landed).toEqual(['model/loop'])
  })

  it('with drift, each time with other arguments', async () => {
    const { said } = await turns(at(site, 'model/loop', { times: '3', drift: 'yes' }), [fine, fine, fine])
    expect(said).toEqual([both, 'look {"at":"A 2"}, look {"at":"B 2"}', 'look {"at":"A 3"}, look {"at":"B 3"}'])
  })

  it('ends with the storm', async () => {
    const { act, say, world } = talk({ decisions: at(site, 'model/loop', { times: '100' }) })
    const outcome = await act(async () => {
      const first = [told(await say(fine)), told(await say(fine))]
      world.tape.calm = true
      return [...first, told(await say(fine))]
    })
    expect(returned(outcome)).toEqual([both, both, 'look {"at":"C1"}'])
  })

  it('calls nothing without tools', async () => {
    const { act, say, ask, messages } = talk({ decisions: at(site, 'model/loop') })
    const outcome = await act(async () => {
      await say(fine)
      return told(await ask(messages, []))
    })
    expect(returned(outcome)).toBe('I have no tools left to go on with.')
  })

  it('lands only where it goes on', async () => {
    expect(await turns(at(site, 'model/loop'), [fine])).toMatchObject({ strayed: [], landed: [] })
  })
})

describe('model/reissue', () => {
  const second = 'model/t2/a1'
  const oneFails: Reply = (index) => (index === 0 ? ['unknown', 'lost'] : ['ok', { next: 'C' }])

  it.each([
    ['unknown', 'look {"at":"A"}', []],
    ['ok', 'look {"at":"B"}', [2]],
  ])('after %s', async (after, again, strayed) => {
    const decisions = at(second, 'model/reissue', { after })
    const { said, ...rest } = await turns(decisions, [oneFails, fine, fine])
    expect(said.slice(1)).toEqual([again, 'look {"at":"C0"}'])
    expect(rest).toEqual({ strayed, landed: ['model/reissue'] })
  })

  it('what was tried again and is done did not fail', async () => {
    const decisions = [...at('model/t3/a1', 'model/reissue'), ['model/t2@reaction', 'again'] as [string, string]]
    const { said, strayed } = await turns(decisions, [oneFails, fine, fine])
    expect(said.slice(1)).toEqual(['look {"at":"A"}', 'look {"at":"A"}'])
    expect(strayed).toEqual([3])
  })

  it('takes what there is, where nothing failed or nothing went well', async () => {
    expect((await turns(at(second, 'model/reissue'), [fine, fine])).said[1]).toBe('look {"at":"B"}')
    const decisions = at(second, 'model/reissue', { after: 'ok' })
    expect((await turns(decisions, [allFail, fine])).said[1]).toBe('look {"at":"B"}')
  })

  it('under a new key, in another order', async () => {
    const entries: Script<any> = ({ call }) => [call('look', { at: 'A', requestKey: 'k' })]
    const decisions = at(second, 'model/reissue', { 'new-key': 'yes' })
    expect((await turns(decisions, [fine, fine], entries)).said[1]).toBe('look {"requestKey":"k-again","at":"A"}')
  })

  it('is asked for only where something was called', async () => {
    const { act, ask, world } = talk({ decisions: at(site, 'model/reissue') })
    await act(() => ask())
    expect(world.tape.decisions).toEqual([])
  })
})

describe('model/wide-batch', () => {
  it.each([
    ['2', 4],
    ['8', 8],
    ['64', 64],
  ])('%s calls, and each at least twice', async (n, calls) => {
    const { said, ...rest } = await turns(at(site, 'model/wide-batch', { n }), [fine, fine])
    expect(said[0]?.split(', ')).toEqual(
      Array.from({ length: calls }, (_, index) => `look {"at":"${index % 2 === 0 ? 'A' : 'B'}"}`),
    )
    expect(said[1]).toBe(`look {"at":"C${calls - 1}"}`)
    expect(rest).toEqual({ strayed: [1], landed: ['model/wide-batch'] })
  })
})

describe('model/nondeterministic-replay', () => {
  const replayed = async (details: Readonly<Record<string, string>>) => {
    const where = 'model/t1/a2'
    const { act, ask, events, world } = talk({ decisions: at(where, 'model/nondeterministic-replay', details) })
    const outcome = await act(async () => [await ask(undefined, undefined, 1), await ask(undefined, undefined, 2)])
    const [before, again] = returned(outcome).map((answer) => `${answer.text}|${told(answer)}`)
    expect(before).toBe('|look {"at":"A"}, look {"at":"B"}')
    expect(world.tape.decisions.length).toBeGreaterThan(0)
    return { again, strayed: events('model-strayed').length, landed: events('fault-landed').length }
  }

  it.each([
    ['words', 'Let me see once more.|look {"at":"A"}, look {"at":"B"}', 0],
    ['order', '|look {"at":"B"}, look {"at":"A"}', 0],
    ['value', '|look {"at":"A 2"}, look {"at":"B"}', 1],
  ])('the same prompt gets another answer (%s)', async (how, again, strayed) => {
    expect(await replayed({ 'differs-in': how })).toEqual({ again, strayed, landed: 1 })
  })

  it('is asked for only where the prompt was answered before', async () => {
    const { act, ask, world } = talk({
      decisions: [...at(site, 'model/lost'), ...at('model/t1/a2', 'model/nondeterministic-replay')],
    })
    await act(async () => {
      await ask().catch(() => undefined)
      await ask(undefined, undefined, 2)
    })
    expect(world.tape.decisions.map(({ alternative }) => alternative)).toEqual(['model/lost'])
  })
})
