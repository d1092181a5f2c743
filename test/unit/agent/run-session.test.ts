import { describe, expect, it } from 'vitest'
import { ToolFailure } from '../../../src/core/tool.js'
import { agentOf, calls, say, World } from './small-world.js'

describe('a run', () => {
  it('calls tools, shows their results in call order and completes', async () => {
    const world = new World()
    const slow = world.tool('slow', { answer: () => 900 })
    const fast = world.tool('fast')
    const result = await world.run(agentOf([slow, fast]), world.model(calls('slow A', 'fast B'), say('done')))
    expect(result).toEqual({ status: 'completed', reason: 'stop', text: 'done', residue: [] })
    expect(world.prompts[1]!.messages.slice(2)).toMatchInlineSnapshot(`
      [
        {
          "calls": [
            {
              "arguments": "{"id":"A"}",
              "id": "p0",
              "tool": "slow",
            },
            {
              "arguments": "{"id":"B"}",
              "id": "p1",
              "tool": "fast",
            },
          ],
          "role": "assistant",
          "text": "",
        },
        {
          "results": [
            {
              "content": "{"done":"slow A"}",
              "id": "p0",
              "outcome": "ok",
              "tool": "slow",
            },
            {
              "content": "{"done":"fast B"}",
              "id": "p1",
              "outcome": "ok",
              "tool": "fast",
            },
          ],
          "role": "tool",
        },
      ]
    `)
    const settled = await world.logged('call-settled')
    expect(settled.map((event) => event.call)).toEqual(['t1.c1', 't1.c0'])
    expect(world.timers).toBe(0)
  })

  it('writes an attempt ahead of its effect and every step in few appends', async () => {
    const world = new World()
    await world.run(agentOf([world.tool('charge')]), world.model(calls('charge A'), say('done')))
    expect((await world.log()).map((event) => event.type)).toEqual([
      'run-start',
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
  })

  it('is absorbed by its end: the stored result comes back and nothing happens', async () => {
    const world = new World()
    const agent = agentOf([world.tool('charge')])
    const first = await world.run(agent, world.model(calls('charge A'), say('done')))
    const version = (await world.log()).length
    const again = await world.run(agent, world.model(say('something else')))
    expect(again).toEqual(first)
    expect((await world.log()).length).toBe(version)
    expect(world.effects).toHaveLength(1)
  })

  it('refuses a session that holds another task', async () => {
    const world = new World()
    await world.run(agentOf([]), world.model(say('done')))
    const other = { ...agentOf([]), name: 'other' }
    await expect(world.run(other, world.model(say('done')))).rejects.toThrow('holds a run of agent shop')
  })

  it('goes on unharmed when the session is run with another task by mistake', async () => {
    const world = new World()
    const agent = agentOf([world.tool('charge')])
    const healthy = world.run(agent, world.model(calls('charge A'), say('done')))
    while ((await world.log()).length < 3) {
      await new Promise((resolve) => setImmediate(resolve))
      world.step()
    }
    const { epoch } = await world.store.read('s1')
    const mistaken = world.run({ ...agent, name: 'other' }, world.model(say('mine')))
    await expect(mistaken).rejects.toThrow('holds a run of agent shop')
    expect((await world.store.read('s1')).epoch).toBe(epoch)
    expect(await healthy).toMatchObject({ status: 'completed', text: 'done' })
    expect(world.effects).toHaveLength(1)
  })

  it('waits as long as Retry-After asks before it tries again', async () => {
    const world = new World()
    const busy = new ToolFailure('busy', { afterMs: 20_000 })
    const charge = world.tool('charge', { answer: (attempt) => (attempt === 1 ? busy : 100) })
    const result = await world.run(agentOf([charge]), world.model(calls('charge A'), say('done')))
    expect(result).toMatchObject({ status: 'completed' })
    const [first, second] = world.requests
    expect(second!.at - first!.at).toBeGreaterThanOrEqual(20_000)
    expect(second!.key).toBe(first!.key)
  })

  it('settles a timed-out write as unknown, and tries again under the same key', async () => {
    const world = new World()
    const charge = world.tool('charge', { answer: (attempt) => (attempt === 1 ? 40_000 : 100) })
    const result = await world.run(agentOf([charge]), world.model(calls('charge A'), say('done')))
    expect(result).toMatchObject({ status: 'completed' })
    expect((await world.logged('attempt-end')).map((event) => event.outcome)).toEqual(['unknown', 'ok'])
    expect(new Set(world.requests.map((request) => request.key)).size).toBe(1)
    expect(world.effects).toHaveLength(1)
  })

  it('does not try again what neither keys nor nature make safe, and does not report it completed', async () => {
    const world = new World()
    const mail = world.tool('mail', { idempotency: 'none', answer: () => new Error('socket hang up') })
    const result = await world.run(agentOf([mail]), world.model(calls('mail A'), say('sent')))
    expect(world.requests).toHaveLength(1)
    expect(result).toEqual({
      status: 'needs-intervention',
      reason: 'unresolved-effects',
      text: 'sent',
      residue: ['t1.c0'],
    })
    const shown = world.prompts[1]!.messages.at(-1)
    expect(JSON.stringify(shown)).toContain('may or may not have taken effect')
    expect(JSON.stringify(shown)).not.toContain('socket hang up')
  })

  it('tries again what reconcile says did not happen', async () => {
    const world = new World()
    const mail = world.tool('mail', {
      idempotency: 'none',
      answer: (attempt) => (attempt === 1 ? new Error('socket hang up') : 100),
      reconcile: async () => 'not-applied',
    })
    const result = await world.run(agentOf([mail]), world.model(calls('mail A'), say('sent')))
    expect(result).toMatchObject({ status: 'completed' })
    expect(world.requests).toHaveLength(2)
    expect(await world.logged('call-reconciled')).toMatchObject([{ answer: 'not-applied', attempt: 1 }])
  })

  it('gives a re-issued call the key of the call of unknown outcome it repeats', async () => {
    const world = new World()
    const charge = world.tool('charge', { answer: (attempt) => (world.requests.length > 3 ? 100 : 40_000 + attempt) })
    const agent = { ...agentOf([charge]), breaker: { failures: 10, resetMs: 1 } }
    const result = await world.run(agent, world.model(calls('charge A'), calls('charge A'), say('done')))
    expect(world.requests.map((request) => request.call)).toEqual(['t1.c0', 't1.c0', 't1.c0', 't2.c0'])
    expect(new Set(world.requests.map((request) => request.key)).size).toBe(1)
    expect(world.effects).toHaveLength(1)
    expect(result).toMatchObject({ status: 'completed' })
  })

  it('records a late result, keeps it out of the conversation and learns from it', async () => {
    const world = new World()
    const mail = world.tool('mail', { idempotency: 'none', answer: () => 30_500 })
    const result = await world.run(agentOf([mail]), world.model(calls('mail A'), say('done')))
    expect(await world.logged('late-result')).toMatchObject([{ call: 't1.c0', attempt: 1, outcome: 'ok' }])
    expect(result).toMatchObject({ status: 'completed' })
    expect(JSON.stringify(world.prompts)).not.toContain('mail A')
  })

  it('never writes a late result before the end of its attempt, though the tool heeds its signal', async () => {
    const world = new World()
    const mail = {
      ...world.tool('mail', { idempotency: 'none' }),
      execute: (_input: unknown, { signal }: { signal: AbortSignal }) =>
        new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason))
        }),
    }
    await world.run(agentOf([mail]), world.model(calls('mail A'), say('done')))
    const types = (await world.log()).map((event) => event.type)
    expect(types.indexOf('late-result')).toBeGreaterThan(types.indexOf('attempt-end'))
  })

  it('answers unknown tools and bad arguments with error results, and runs the siblings', async () => {
    const world = new World()
    const answer = calls('charge A', 'nothing B', 'charge C', 'charge D')
    const bad = {
      ...answer,
      calls: answer.calls.map((call, index) => (index === 2 ? { ...call, arguments: '{"id":' } : call)),
    }
    const extra = { ...bad.calls[3]!, arguments: '{"id":"D","extra":1}' }
    const model = world.model({ ...bad, calls: [...bad.calls.slice(0, 3), extra] }, say('done'))
    await world.run(agentOf([world.tool('charge')]), model)
    expect(world.effects).toHaveLength(1)
    const rejected = await world.logged('call-rejected')
    expect(rejected.map((event) => [event.call, event.error.class])).toEqual([
      ['t1.c1', 'unknown-tool'],
      ['t1.c2', 'invalid-args'],
      ['t1.c3', 'invalid-args'],
    ])
    const commit = (await world.logged('batch-commit'))[0]!
    expect(commit.results.map((result) => result.outcome)).toEqual(['ok', 'failed', 'failed', 'failed'])
  })

  it('renames repeated and empty ids', async () => {
    const world = new World()
    const answer = calls('charge A', 'charge B')
    const same = { ...answer, calls: answer.calls.map((call) => ({ ...call, id: 'x' })) }
    const empty = { ...answer, calls: answer.calls.map((call) => ({ ...call, id: '' })) }
    await world.run(agentOf([world.tool('charge')]), world.model(same, empty, say('done')))
    const ids = (await world.logged('batch-open')).flatMap((event) => event.calls.map((call) => call.id))
    expect(ids).toEqual(['x', 't1.c1', 't2.c0', 't2.c1'])
  })

  it('executes nothing of an answer that was cut off, and asks again', async () => {
    const world = new World()
    const cut = { ...calls('charge A'), stop: 'length' as const }
    const model = world.model((request) => (request.attempt === 1 ? cut : calls('charge B')), say('done'))
    const result = await world.run(agentOf([world.tool('charge')]), model)
    expect(result).toMatchObject({ status: 'completed' })
    expect(world.effects.map((effect) => effect.input)).toEqual([{ id: 'B' }])
    expect(JSON.stringify(world.prompts)).not.toContain('A"')
  })

  it('opens the breaker at the third failed attempt in a row and calls no more', async () => {
    const world = new World()
    const down = world.tool('charge', { answer: () => new ToolFailure('down') })
    await world.run(agentOf([down]), world.model(calls('charge A'), calls('charge B'), say('sorry')))
    expect(world.requests).toHaveLength(3)
    expect(await world.logged('breaker-moved')).toMatchObject([{ from: 'closed', to: 'open', failures: 3 }])
    const settled = await world.logged('call-settled')
    expect(settled.map((event) => [event.attempts, event.error?.class])).toEqual([
      [3, 'unavailable'],
      [0, 'breaker-open'],
    ])
  })
})

describe('limits', () => {
  it('offer no tools in the last allowed turn, and run nothing it proposes', async () => {
    const world = new World()
    const model = world.model(calls('charge A'), calls('charge B'), calls('charge C'))
    const result = await world.run(agentOf([world.tool('charge')], { limits: { turns: 2 } }), model)
    expect(result).toMatchObject({ status: 'failed', reason: 'max-turns' })
    expect(world.prompts.map((prompt) => prompt.tools)).toEqual([1, 0])
    expect(world.effects).toHaveLength(1)
  })

  it('end the run at its deadline with work in flight', async () => {
    const world = new World()
    const hang = world.tool('charge', { answer: () => 900_000 })
    const result = await world.run(agentOf([hang], { limits: { timeMs: 10_000 } }), world.model(calls('charge A')))
    expect(result).toMatchObject({ status: 'timed-out', reason: 'deadline', residue: ['t1.c0'] })
    expect(world.now).toBeLessThan(12_000)
  })

  it('stop before the model call that no token is left for', async () => {
    const world = new World()
    const agent = agentOf([world.tool('charge')], { limits: { tokens: 15 } })
    const result = await world.run(agent, world.model(calls('charge A'), say('done')))
    expect(result).toMatchObject({ status: 'failed', reason: 'budget-exhausted' })
    expect(world.prompts).toHaveLength(1)
  })

  it('end a run whose model repeats a call that brings nothing new', async () => {
    const world = new World()
    const result = await world.run(
      agentOf([world.tool('charge', { idempotency: 'natural' })]),
      world.model(calls('charge A')),
    )
    expect(result).toMatchObject({ status: 'failed', reason: 'repeated-calls' })
    expect(world.prompts).toHaveLength(3)
  })

  it('end a run after three failed corrections of one tool', async () => {
    const world = new World()
    let asked = 0
    const charge = world.tool('charge', { answer: () => new ToolFailure(`no ${++asked}`, { retry: 'never' }) })
    const result = await world.run(agentOf([charge]), world.model(calls('charge A')))
    expect(result).toMatchObject({ status: 'failed', reason: 'max-corrections' })
    expect(world.requests).toHaveLength(4)
  })
})
