/** The loop: what decides, what bounds it, what it shows the model, whatever goes wrong. */

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decide } from '../../src/agent/decide.js'
import { fold } from '../../src/agent/fold.js'
import { rulesOf } from '../../src/agent/parts.js'
import { RunState } from '../../src/agent/state.js'
import type { LogEvent } from '../../src/core/event.js'
import { canonical } from '../../src/core/json.js'
import type { ModelAnswer } from '../../src/core/model.js'
import { strictPairing } from '../../src/core/pairing.js'
import { propose, runWith, shopTool } from '../unit/agent/shop-tools.js'
import { agentOf, calls, say, World } from '../unit/agent/small-world.js'

import { script, shop } from './small-shop.js'

async function calmLog(): Promise<readonly LogEvent[]> {
  const world = new World()
  await world.run(shop(world), world.model(...script))
  return world.log()
}

const typesOf = (log: readonly LogEvent[]): string[] => log.map(({ type }) => type)

describe('one loop over folded state', () => {
  it('seed-1, seed-21: equal prefixes of the log give equal actions, and deciding changes nothing', async () => {
    const log = await calmLog()
    const rules = rulesOf(shop(new World()))
    const stateAt = (length: number) => {
      const state = new RunState()
      for (const event of log.slice(0, length)) fold(state, event, rules)
      return state
    }
    const kinds = new Set<string>()
    for (let length = 0; length <= log.length; length++) {
      const state = stateAt(length)
      const before = canonical(state.messages)
      const first = decide(state, rules, 1_500)
      expect(decide(state, rules, 1_500)).toEqual(first)
      expect(decide(stateAt(length), rules, 1_500)).toEqual(first)
      expect(canonical(state.messages)).toBe(before)
      kinds.add(first.kind)
    }
    expect([...kinds].sort()).toEqual(['advance-batch', 'call-model', 'commit-batch', 'end', 'return', 'start'])
  })

  it('seed-3, seed-86: every prompt is the whole history, and can be rebuilt from the log alone', async () => {
    const world = new World()
    const agent = shop(world)
    await world.run(agent, world.model(...script))
    const log = await world.log()
    const rules = rulesOf(agent)
    const state = new RunState()
    const rebuilt: unknown[] = []
    for (const event of log) {
      fold(state, event, rules)
      if (event.type === 'model-call-start') rebuilt.push([...state.messages])
    }
    expect(rebuilt).toEqual(world.prompts.map(({ messages }) => messages))
    expect(world.prompts.map(({ messages }) => messages.length)).toEqual([2, 4, 6])
  })

  it('seed-12, seed-13, seed-15: the events of a run stand in one order, each with its time', async () => {
    const log = await calmLog()
    expect(typesOf(log)).toEqual([
      'run-start',
      'model-call-start',
      'model-call-end',
      'batch-open',
      'attempt-start',
      'attempt-start',
      'attempt-end',
      'call-settled',
      'attempt-end',
      'call-settled',
      'batch-commit',
      'model-call-start',
      'model-call-end',
      'batch-open',
      'attempt-start',
      'attempt-end',
      'call-settled',
      'batch-commit',
      'model-call-start',
      'model-call-end',
      'run-end',
    ])
    const times = log.map((event) => event.at)
    expect(times.every((at) => typeof at === 'number')).toBe(true)
    expect([...times].sort((one, other) => one! - other!)).toEqual(times)
  })

  it('seed-13: no fault makes a run leave the order of events', async () => {
    for (const how of ['crash-before', 'crash-after', 'lost-before', 'lost-after'] as const) {
      for (let at = 1; at < 26; at++) {
        const world = new World()
        world.fault = { at, how }
        for (let tries = 0; tries < 3 && (await world.run(shop(world), world.model(...script))) === 'dead'; tries++);
        expect({ at, how, stray: firstStray(await world.log()) }).toEqual({ at, how, stray: undefined })
      }
    }
  })

  it('seed-2: whatever a model proposes ends in a result for each proposal, and in no throw', async () => {
    const action = fc.record({
      tool: fc.constantFrom('look', 'charge', 'nothing', '', '__proto__'),
      input: fc.oneof(fc.string(), fc.json(), fc.constant('{"id":"A"}')),
    })
    const answer = fc.record({
      text: fc.string(),
      proposed: fc.array(action, { maxLength: 4 }),
      stop: fc.constantFrom('stop', 'tool-calls', 'length', 'content-filter', 'refusal', 'other'),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(answer, { minLength: 1, maxLength: 3 }), async (answers) => {
        const world = new World()
        const turns = answers.map(
          ({ text, proposed, stop }): ModelAnswer => ({
            ...propose(...proposed.map(({ tool, input }): [string, unknown] => [tool, input])),
            text,
            stop: stop as ModelAnswer['stop'],
          }),
        )
        const result = await world.run(shop(world), world.model(...turns, say('done')))
        expect(result).toMatchObject({ status: expect.stringMatching(/^(completed|failed)$/) })
        for (const { messages } of world.prompts) expect(strictPairing(messages)).toBeUndefined()
        for (const { input } of world.effects) expect(input).toEqual({ id: expect.any(String) })
      }),
      { numRuns: 80, seed: 2 },
    )
  })

  it('seed-2: an answer that is no answer at all is the model at fault, not a crash', async () => {
    for (const odd of [undefined, null, 7, {}, { text: 'hi' }, { text: 1, calls: [] }, { calls: 'no', text: '' }]) {
      const world = new World()
      const model = { '~model': true as const, answer: () => Promise.resolve(odd as never) }
      expect(await world.run(shop(world), model)).toMatchObject({ status: 'failed', reason: 'model-failed' })
    }
  })
})

/** The order of events, as the regular language over their types. */
function firstStray(log: readonly LogEvent[]): string | undefined {
  const follow: Record<string, RegExp> = {
    'run-start': /^(model-call-start|run-resume)$/,
    'model-call-start': /^(model-call-end|run-resume)$/,
    'model-call-end': /^(batch-open|retry-scheduled|run-end|run-resume)$/,
    'batch-open': /^(call-rejected|attempt-start|run-resume)$/,
    'batch-commit': /^(model-call-start|run-resume|run-end)$/,
    'run-end': /^$/,
  }
  const stray = log.findIndex(
    (_event, index) =>
      index > 0 &&
      !(follow[log[index - 1]!.type] ?? /./).test(log[index]!.type) &&
      log[index - 1]!.type !== 'run-resume',
  )
  return stray < 0 ? undefined : `${log[stray - 1]!.type} > ${log[stray]!.type}`
}

describe('what ends a run', () => {
  it('seed-4, seed-5, seed-9: a model that always calls tools is stopped at its limit, and not asked once more', async () => {
    const world = new World()
    const always = (turn: number) => propose(['look', { id: `${turn}` }])
    const result = await world.run(
      agentOf([shopTool(world, [], 'look')], { limits: { turns: 4 } }),
      world.model((request) => always(request.turn)),
    )
    expect(result).toMatchObject({ status: 'failed', reason: 'max-turns' })
    expect(world.prompts).toHaveLength(4)
  })

  it('seed-8: the last turn offers no tools and asks for the answer; the request alone holds the note', async () => {
    const world = new World()
    const agent = agentOf([shopTool(world, [], 'look')], { limits: { turns: 2 } })
    const result = await world.run(agent, world.model(propose(['look', { id: 'A' }]), say('summary')))
    expect(result).toMatchObject({ status: 'completed', text: 'summary' })
    const [first, last] = world.prompts
    expect([first?.tools, last?.tools]).toEqual([1, 0])
    expect(last?.messages.at(-1)).toMatchObject({ role: 'user', text: expect.stringContaining('Answer now') })
    expect(JSON.stringify(await world.log())).not.toContain('Answer now')
    expect(strictPairing(last?.messages ?? [])).toBeUndefined()
  })

  it('seed-6: the wall clock is looked at before every start, and cuts what is in flight', async () => {
    const slowModel = new World()
    const model = { '~model': true as const, answer: () => slowModel.wait(90_000).then(() => say('late')) }
    expect(await slowModel.run(agentOf([], { limits: { timeMs: 20_000 } }), model)).toMatchObject({
      status: 'timed-out',
      reason: 'deadline',
    })
    expect(slowModel.now).toBeLessThan(21_100)
    const slowTool = new World()
    const agent = agentOf([shopTool(slowTool, [], 'look', { takes: 9_000 })], { limits: { timeMs: 10_500 } })
    const looks = (request: { turn: number }) => propose(['look', { id: `${request.turn}` }])
    expect(await slowTool.run(agent, slowTool.model(looks))).toMatchObject({ status: 'timed-out' })
    expect(await slowTool.logged('attempt-start')).toHaveLength(1)
  })

  it('seed-7: no model call starts once the tokens are spent', async () => {
    const world = new World()
    const agent = agentOf([shopTool(world, [], 'look')], { limits: { tokens: 30 } })
    const result = await world.run(
      agent,
      world.model((request) => propose(['look', { id: `${request.turn}` }])),
    )
    expect(result).toMatchObject({ status: 'failed', reason: 'budget-exhausted' })
    expect(world.prompts).toHaveLength(2)
  })

  it('seed-10, seed-11: a run that has ended stays ended: running it again does nothing and says the same', async () => {
    for (const turns of [[...script], [calls('charge A')], [{ ...say(''), stop: 'refusal' as const }]]) {
      const world = new World()
      const first = await world.run(shop(world), world.model(...turns))
      const [log, effects] = [await world.log(), world.effects.length]
      expect(await world.run(shop(world), world.model(say('other')))).toEqual(first)
      expect(await world.log()).toEqual(log)
      expect(world.effects).toHaveLength(effects)
    }
  })

  it.each([
    ['length', 'truncated'],
    ['content-filter', 'content-filter'],
    ['refusal', 'refusal'],
    ['other', 'model-failed'],
  ] as const)('seed-14: an answer that stopped by %s executes nothing of what it proposes', async (stop, reason) => {
    const world = new World()
    const cut = { ...propose(['charge', { id: 'A' }], ['charge', '{"id":"B']), stop }
    expect(await world.run(shop(world), world.model(cut))).toMatchObject({ status: 'failed', reason })
    expect(world.effects).toEqual([])
    expect(await world.logged('batch-open')).toEqual([])
  })

  it('seed-14: a natural stop and a stop for calls both run the calls', async () => {
    for (const stop of ['stop', 'tool-calls'] as const) {
      const world = new World()
      await world.run(shop(world), world.model({ ...propose(['charge', { id: 'A' }]), stop }, say('done')))
      expect(world.effects).toHaveLength(1)
    }
  })

  it('seed-18: a model call of 30 s of one session does not hold up another', async () => {
    const world = new World()
    const slow = { '~model': true as const, answer: () => world.wait(30_000).then(() => say('slow')) }
    const order: string[] = []
    const note = (name: string) => (result: unknown) => {
      order.push(name)
      return result
    }
    const [one, other] = (await world.settle(
      Promise.all([
        runWith(world, shop(world), slow, { session: 'one' }).then(note('slow')),
        runWith(world, shop(world), world.model(...script), { session: 'other' }).then(note('quick')),
      ]),
    )) as unknown[]
    expect([one, other]).toMatchObject([{ status: 'completed' }, { status: 'completed' }])
    expect(order).toEqual(['quick', 'slow'])
    expect(world.now).toBeLessThan(36_000)
  })
})
