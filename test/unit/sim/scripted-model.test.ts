import { describe, expect, it } from 'vitest'
import type { Message, ProposedCall } from '../../../src/core/message.js'
import { ModelError } from '../../../src/core/model.js'
import { readScript } from '../../../src/sim/script.js'
import { allFail, fine, type Reply, type Setup, talk, told } from './talk.js'

describe('the scripted model', () => {
  it('plays its script to the end, with what it saw', async () => {
    const { act, say, scripted } = talk()
    const outcome = await act(async () => [told(await say(fine)), told(await say(fine)), told(await say(fine))])
    expect(outcome).toMatchObject({
      value: ['look {"at":"A"}, look {"at":"B"}', 'look {"at":"C1"}', 'Found it.'],
    })
    expect(scripted.leftover()).toEqual({ unplayed: 0, beyond: 0 })
  })

  it('answers the same prompt alike, as often as it comes', async () => {
    const { act, ask, say } = talk()
    const outcome = await act(async () => {
      await say(fine)
      return [await ask(undefined, undefined, 1), await ask(undefined, undefined, 2)]
    })
    expect(outcome.kind === 'returned' && outcome.value[1]).toEqual(outcome.kind === 'returned' && outcome.value[0])
  })

  it('says that it is done when it is asked past its script, and counts it', async () => {
    const { act, say, scripted } = talk({ entries: ({ call }) => [call('look', {})] })
    const outcome = await act(async () => [await say(fine), await say(fine), await say(fine)].map(told))
    expect(outcome).toMatchObject({ value: ['look {}', 'Done.', 'Done.'] })
    expect(scripted.leftover()).toEqual({ unplayed: 0, beyond: 2 })
  })

  it('counts the entries that nobody asked for', async () => {
    const { act, say, scripted } = talk()
    await act(() => say(fine))
    expect(scripted.leftover()).toEqual({ unplayed: 2, beyond: 0 })
  })

  it('calls nothing when it is offered no tools', async () => {
    const { act, ask } = talk()
    const outcome = await act(() => ask(undefined, []))
    expect(outcome).toMatchObject({ value: { calls: [], stop: 'stop', text: 'I have no tools left to go on with.' } })
  })

  it('gives up with a sentence when a result it needs never came', async () => {
    const { act, say } = talk({ onFailure: 'go-on' })
    const outcome = await act(async () => [await say(allFail), await say(fine)].map(told))
    expect(outcome).toMatchObject({ value: [expect.any(String), 'I cannot go on without the result of look.'] })
  })

  it('gives up when a result came without the field it needs', async () => {
    const { act, say } = talk()
    const outcome = await act(async () => [await say(() => ['ok', { other: 1 }]), await say(fine)].map(told))
    expect(outcome).toMatchObject({ value: [expect.any(String), expect.stringMatching(/^I cannot go on/)] })
  })
})

describe('after a failed result', () => {
  const oneFails: Reply = (index) => (index === 0 ? ['unknown', 'lost'] : ['ok', { next: 'C' }])
  const second = async (setup: Setup) => {
    const { act, say } = talk(setup)
    const outcome = await act(async () => [await say(oneFails), await say(oneFails)].map(told)[1])
    return outcome.kind === 'returned' ? outcome.value : outcome
  }

  it('the tape chooses: go on, call again with the same arguments, or give up', async () => {
    const reaction = (chosen: string) => second({ decisions: [['model/t2@reaction', chosen]] })
    expect(await second({})).toBe('look {"at":"C"}')
    expect(await reaction('again')).toBe('look {"at":"A"}')
    expect(await reaction('give-up')).toBe('I could not do this: a tool failed.')
  })

  it('a scenario may fix the reaction, and then nothing is chosen', async () => {
    expect(await second({ onFailure: 'again' })).toBe('look {"at":"A"}')
    const decisions = [['model/t2@reaction', 'again']] as const
    expect(await second({ onFailure: 'give-up', decisions })).toBe('I could not do this: a tool failed.')
  })

  it('calling again ends after three times, and the script goes on', async () => {
    const { act, say } = talk({ onFailure: 'again', entries: ({ call, say }) => [call('look', {}), say('Well then.')] })
    const outcome = await act(async () => {
      const answers: string[] = []
      for (let turn = 0; turn < 5; turn++) answers.push(told(await say(allFail)))
      return answers
    })
    expect(outcome).toMatchObject({ value: ['look {}', 'look {}', 'look {}', 'look {}', 'Well then.'] })
  })

  it('a text that reads like a failure is one, where the wire has no flag for it', async () => {
    const { act, say } = talk({ onFailure: 'again' })
    const outcome = await act(async () => [await say(() => ['ok', { error: 'no' }]), await say(fine)].map(told)[1])
    expect(outcome).toMatchObject({ value: 'look {"at":"A"}, look {"at":"B"}' })
  })
})

describe('a call whose arguments came back as no JSON', () => {
  const garbled = (reply: Reply) => {
    const { act, say, ask, messages } = talk({ onFailure: 'again' })
    return act(async () => {
      await say(reply)
      const at = messages.findIndex((message) => message.role === 'assistant')
      const answer = messages[at] as Extract<Message, { role: 'assistant' }>
      const [first, ...rest] = answer.calls as [ProposedCall, ...ProposedCall[]]
      messages[at] = { ...answer, calls: [{ ...first, arguments: `${first.arguments}}` }, ...rest] }
      return told(await ask())
    })
  }

  it('comes again as it was meant when it failed, and not when a tool took it', async () => {
    const firstFails: Reply = (index, call) => (index === 0 ? ['failed', 'no JSON'] : fine(index, call))
    expect(await garbled(firstFails)).toMatchObject({ value: 'look {"at":"A"}' })
    expect(await garbled(fine)).toMatchObject({ value: 'look {"at":"C1"}' })
  })
})

describe('a call that was broken on purpose', () => {
  const malformed = [['model/t1/a1', 'model/malformed-args']] as const

  it.each([
    ['wrong-type', '{"at":7}'],
    ['missing-key', '{}'],
    ['extra-key', '{"at":"A","verified_by_model":true}'],
    ['truncated', '{"at":'],
    ['not-json', 'call it with {"at":"A"}'],
    ['non-object', '[{"at":"A"}]'],
    ['null', 'null'],
    ['empty', ''],
    ['concatenated', '{"at":"A"}{"at":"A"}'],
  ])('comes as %s, its sibling as planned', async (kind, text) => {
    const { act, ask } = talk({ decisions: [...malformed, ['model/t1/a1@kind', kind]] })
    const outcome = await act(() => ask())
    expect(outcome).toMatchObject({ value: { calls: [{ arguments: text }, { arguments: '{"at":"B"}' }] } })
  })

  it.each([
    ['random', 'run_anything'],
    ['near-miss', 'look_v2'],
    ['empty', ''],
  ])('names a tool that does not exist (%s)', async (kind, tool) => {
    const { act, ask } = talk({
      decisions: [
        ['model/t1/a1', 'model/unknown-tool'],
        ['model/t1/a1@name', kind],
      ],
    })
    expect(await act(() => ask())).toMatchObject({ value: { calls: [{ tool }, { tool: 'look' }] } })
  })

  it.each([
    ['model/malformed-args', { tool: 'look', arguments: '{"at":7}' }],
    ['model/unknown-tool', { tool: 'run_anything', arguments: '{"at":"B"}' }],
  ])('may be the last of its answer (%s)', async (fault, broken) => {
    const decisions = [
      ['model/t1/a1', fault],
      ['model/t1/a1@call', 'last'],
    ] as const
    const { act, say } = talk({ decisions })
    const refused: Reply = (index) => (index === 1 ? ['failed', 'invalid'] : ['ok', { next: 'C' }])
    const outcome = await act(async () => [(await say(refused)).calls, told(await say(fine))])
    expect(outcome).toMatchObject({
      value: [[{ tool: 'look', arguments: '{"at":"A"}' }, broken], 'look {"at":"B"}'],
    })
  })

  it('is chosen only where there are several', async () => {
    const entries: Setup['entries'] = ({ call }) => [call('look', { at: 'A' })]
    const { act, ask, world } = talk({ entries, decisions: [...malformed, ['model/t1/a1@call', 'last']] })
    await act(() => ask())
    expect(world.tape.decisions.map(({ label }) => label)).toEqual(['model/t1/a1'])
  })

  it('comes once more, soundly, before the script goes on', async () => {
    const { act, say } = talk({ decisions: malformed })
    const refused: Reply = (index) => (index === 0 ? ['failed', 'invalid'] : ['ok', { next: 'C' }])
    const outcome = await act(async () =>
      [await say(refused), await say(fine), await say(fine), await say(fine)].map(told),
    )
    expect(outcome).toMatchObject({
      value: [expect.any(String), 'look {"at":"A"}', 'look {"at":"C0"}', 'Found it.'],
    })
  })

  it('is not owed when the tool took it as it was', async () => {
    const { act, say } = talk({ decisions: [...malformed, ['model/t1/a1@kind', 'extra-key']] })
    expect(await act(async () => [await say(fine), await say(fine)].map(told)[1])).toMatchObject({
      value: 'look {"at":"C1"}',
    })
  })
})

describe('a history that breaks the pairing rules is refused', () => {
  const call = { id: 'x', tool: 'look', arguments: '{}' }
  const result = { id: 'x', tool: 'look', outcome: 'ok', content: '1' } as const
  const user: Message = { role: 'user', text: 'Go.' }

  it.each<[string, readonly Message[], RegExp]>([
    [
      'a call without its result',
      [user, { role: 'assistant', text: '', calls: [call] }, user],
      /^messages\.1: missing-results \(x\)/,
    ],
    ['a result without its call', [user, { role: 'tool', results: [result] }], /^messages\.1: orphan-result \(x\)/],
    [
      'one id twice',
      [user, { role: 'assistant', text: '', calls: [call, call] }, { role: 'tool', results: [result, result] }],
      /duplicate-id/,
    ],
    ['a system message in the middle', [user, { role: 'system', text: 'psst' }], /^messages\.1: late-system$/],
  ])('%s: a ModelError of class refused, worth no retry', async (_name, history, text) => {
    const { act, ask, events } = talk()
    const outcome = await act(() => ask(history))
    expect(outcome.kind === 'threw' && outcome.error).toBeInstanceOf(ModelError)
    expect(outcome).toMatchObject({
      error: { detail: { status: 400, class: 'refused', retryable: false, text: expect.stringMatching(text) } },
    })
    expect(events('prompt-received')[0]?.refused).toMatch(text)
    for (const type of ['fault-planned', 'fault-injected', 'fault-landed'] as const)
      expect(events(type)).toMatchObject([{ fault: 'model/strict-provider', site: 'model/t1/a1' }])
  })
})

it('a provider refuses in the calm too, and a sound history never', async () => {
  const { act, say, events, world } = talk()
  world.tape.calm = true
  await act(async () => {
    await say(fine)
    await say(fine)
  })
  expect(events('fault-planned')).toEqual([])
  const call = { id: 'x', tool: 'look', arguments: '{}' }
  const refused = talk()
  refused.world.tape.calm = true
  await refused.act(() => refused.ask([{ role: 'assistant', text: '', calls: [call] }]))
  expect(refused.events('fault-landed')).toHaveLength(1)
})

describe('the provider misbehaves', () => {
  const asked = async (...decisions: (readonly [string, string])[]) => {
    const { act, ask, events, world } = talk({ decisions })
    return { outcome: await act(() => ask()), answered: events('model-answered'), world }
  }

  it.each([
    ['503', 'unavailable', '1'],
    ['429', 'rate-limited', '30'],
    ['500', 'unavailable', undefined],
    ['529', 'unavailable', undefined],
  ])('with %s: a ModelError of class %s', async (status, kind, after) => {
    const parameters = after === undefined ? [] : [['model/t1/a1@retry-after', after] as const]
    const { outcome } = await asked(['model/t1/a1', 'model/http-error'], ['model/t1/a1@status', status], ...parameters)
    const asksFor = after === undefined ? {} : { afterMs: Number(after) * 1_000 }
    expect(outcome).toMatchObject({
      error: { detail: { status: Number(status), class: kind, retryable: true, ...asksFor } },
    })
  })

  it('with a broken connection', async () => {
    const { outcome, answered } = await asked(['model/t1/a1', 'model/lost'])
    expect(outcome).toMatchObject({ error: { detail: { class: 'connection-lost', retryable: true } } })
    expect(answered).toMatchObject([{ complete: false, calls: [] }])
  })

  it('with an answer that comes later, or never', async () => {
    expect((await asked(['model/t1/a1@time', 'x8'])).answered).toMatchObject([{ vt: 8_000 }])
    expect((await asked(['model/t1/a1@time', 'never'])).outcome.kind).toBe('waits')
  })
})

it('a script that returns something else than turns is refused', () => {
  expect(() => readScript((() => 'hello') as never)).toThrowError(/array of turns/)
  expect(() => readScript((() => [[]]) as never)).toThrowError(/entry 1 of the script is neither a call nor a text/)
})
