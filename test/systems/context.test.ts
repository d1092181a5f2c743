import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { defineAgent } from '../../src/agent/agent.js'
import { type AnyTool, defineTool } from '../../src/agent/tool.js'
import { replayPrompt } from '../../src/agent/trace/replay.js'
import { judge } from '../../src/check/judge.js'
import { invariants } from '../../src/check/registry.js'
import { estimate } from '../../src/core/estimate.js'
import type { LogEvent } from '../../src/core/event.js'
import type { Message } from '../../src/core/message.js'
import { type ModelAnswer, ModelError, type ModelRequest } from '../../src/core/model.js'
import { strictPairing } from '../../src/core/pairing.js'
import type { ContextOptions } from '../../src/core/prompt.js'
import { calls, type OperationFault, say, World } from '../unit/agent/small-world.js'
import { own } from '../unit/check/history-of.js'

const page = 'a long page about storms '.repeat(20)

/** A look-up that is no effect: its answers are as long as asked. */
const look = (name = 'look', text: (id: string) => string = (id) => `${page}${id}`): AnyTool =>
  defineTool({
    name,
    description: name,
    effect: 'read',
    input: z.object({ id: z.string() }),
    output: z.object({ found: z.string() }),
    execute: async ({ id }) => ({ found: text(id) }),
  })

const small: ContextOptions = { windowTokens: 2_400, budgets: { history: 300, toolResults: 500 }, keepTurns: 2 }

const reader = (context: ContextOptions, tools: readonly AnyTool[] = [look()], turns = 60) =>
  defineAgent({ name: 'reader', instructions: 'be good', tools, limits: { turns, timeMs: 10_000_000 }, context })

const reading = (turns: number, tool = 'look'): ModelAnswer[] => [
  ...Array.from({ length: turns }, (_, turn) => calls(`${tool} page-${turn}`)),
  say('all read'),
]

async function run(agent: ReturnType<typeof reader>, answers: Parameters<World['model']>, world = new World()) {
  const result = await world.run(agent, world.model(...answers))
  const log = await world.log()
  return { world, result, log, prompts: world.prompts.map(({ messages }) => messages) }
}

const of = <K extends LogEvent['type']>(log: readonly LogEvent[], type: K) =>
  log.filter((event): event is Extract<LogEvent, { type: K }> => event.type === type)

const resultsIn = (messages: readonly Message[]) => messages.flatMap((one) => (one.role === 'tool' ? one.results : []))

/** The runtime's own log and the prompts it led to, judged as a history. */
function verdictsOf(log: readonly LogEvent[], prompts: World['prompts']) {
  const left = prompts.slice()
  const events = log.flatMap((event) => {
    const sent = event.type === 'model-call-start' ? left.findIndex(({ turn }) => turn === event.turn) : -1
    const shown = sent < 0 ? [] : left.splice(sent, 1)
    const seen = shown.map(({ turn, messages }) => ({
      type: 'prompt-received',
      turn,
      attempt: 1,
      messages,
      tools: ['look'],
    }))
    return [event, ...seen]
  })
  const stamped = events.map((event, seq) => ({ ...event, seq, vt: seq, lane: 'run', incarnation: 1 }))
  const checks = invariants.filter(({ name }) => ['context-safe', 'memory-order', 'tool-pairing'].includes(name))
  return judge({ events: stamped as never, facts: own, truncated: false }, checks)
}

describe('a conversation that grows', () => {
  it('seed-139: stays within its window over 30 turns, where plain concatenation would not', async () => {
    const { result, log, world } = await run(reader(small), reading(30))
    expect(result).toMatchObject({ status: 'completed', text: 'all read' })
    const built = of(log, 'context-built')
    expect(built).toHaveLength(31)
    for (const { tokens, limit } of built) expect(tokens).toBeLessThan(0.85 * limit)
    expect(30 * estimate(page)).toBeGreaterThan(2_400)
    expect(verdictsOf(log, world.prompts).map(({ verdict }) => verdict)).toEqual(['valid', 'valid', 'valid'])
  })

  it('seed-140: slides without parting a call from its result, and keeps instructions, goal and the last turns', async () => {
    const { prompts, log } = await run(reader(small), reading(30))
    expect(of(log, 'context-compacted').at(-1)?.dropped).toBeGreaterThan(5)
    for (const [turn, messages] of prompts.entries()) {
      expect(strictPairing(messages)).toBeUndefined()
      expect(messages[0]).toEqual({ role: 'system', text: 'be good' })
      expect(messages[1]).toEqual({ role: 'user', text: 'go' })
      if (turn > 1) expect(resultsIn(messages).length).toBeGreaterThanOrEqual(2)
      if (turn > 0) expect(resultsIn(messages).at(-1)?.content).toContain(`page-${turn - 1}`)
    }
  })

  it('seed-140: never lets an outcome go that is unknown', async () => {
    const world = new World()
    const charge = world.tool('charge', { idempotency: 'none', answer: () => new Error('connection lost') })
    const agent = reader(small, [look(), charge])
    await world.run(agent, world.model(calls('charge A'), ...reading(12)))
    const last = world.prompts.at(-1)?.messages ?? []
    expect(resultsIn(last).find(({ tool }) => tool === 'charge')).toMatchObject({ outcome: 'unknown' })
    expect((await world.logged('context-compacted')).at(-1)).toMatchObject({ pinned: [0] })
  })

  it('seed-143: has budgets of 2,000, 10,000, 20,000 and 5,000 tokens, and says what each segment takes', async () => {
    const { log } = await run(reader({ windowTokens: 200_000 }), reading(1))
    const { segments, tokens, limit } = of(log, 'context-built').at(-1) as Extract<LogEvent, { type: 'context-built' }>
    expect(segments.map(({ name, budget }) => [name, budget])).toEqual([
      ['system', 2_000],
      ['goal', undefined],
      ['tools', undefined],
      ['documents', 20_000],
      ['history', 10_000],
      ['toolResults', 5_000],
    ])
    expect(segments.reduce((sum, segment) => sum + segment.tokens, 0)).toBe(tokens)
    expect(limit).toBe(196_000)
  })

  it.each([
    [10_000, 0],
    [10_001, 1],
  ])('seed-144: at %i tokens of history compacts %i times', async (tokens, times) => {
    const overhead = (id: string): number => 12 + estimate('look') + estimate(JSON.stringify({ id }))
    const said = (text: number, id: string): ModelAnswer => ({ ...calls(`look ${id}`), text: 'a'.repeat(text * 3) })
    const first = 6_000
    const second = tokens - first - overhead('A') - overhead('B')
    const { log, result } = await run(reader({ windowTokens: 200_000, keepTurns: 1 }), [
      said(first, 'A'),
      said(second, 'B'),
      say('done'),
    ])
    expect(result).toMatchObject({ status: 'completed' })
    expect(of(log, 'context-compacted')).toHaveLength(times)
    const history = of(log, 'context-built')
      .at(-1)
      ?.segments.find(({ name }) => name === 'history')
    if (times === 0) expect(history?.tokens).toBe(10_000)
    else expect(history?.tokens).toBeLessThan(5_000)
  })

  it('seed-145: warns from 70 % on, and lets go from 85 % on, before the model is asked', async () => {
    const wide = { history: 100_000, toolResults: 100_000 }
    const { log } = await run(reader({ windowTokens: 3_000, reserveTokens: 0, budgets: wide }), reading(20))
    const shareOf = ({ before, limit }: { before: number; limit: number }): number => (before * 100) / limit
    const compactions = of(log, 'context-compacted')
    expect(compactions.length).toBeGreaterThan(0)
    for (const event of compactions) {
      expect(shareOf(event)).toBeGreaterThanOrEqual(85)
      expect(event.after * 100).toBeLessThan(85 * event.limit)
      const at = log.indexOf(event)
      expect(log.slice(at).find(({ type }) => type === 'model-call-start')).toMatchObject({ turn: event.turn })
    }
    const warned = new Set(of(log, 'context-warned').map(({ turn }) => turn))
    for (const { turn, tokens, limit } of of(log, 'context-built'))
      if (tokens * 100 >= 70 * limit) expect(warned).toContain(turn)
    for (const event of of(log, 'context-warned')) expect(event.tokens * 100).toBeGreaterThanOrEqual(70 * event.limit)
  })

  it('seed-146: keeps a reserve for the answer', async () => {
    const { log } = await run(reader({ ...small, windowTokens: 3_000, reserveTokens: 1_000 }), reading(20))
    for (const { tokens, limit } of of(log, 'context-built')) {
      expect(limit).toBeLessThanOrEqual(2_000)
      expect(tokens).toBeLessThanOrEqual(limit)
    }
    expect(() => reader({ windowTokens: 100, reserveTokens: 100 })).toThrow('cannot hold a reserve')
  })

  it('seed-145: ends a run whose last turn alone is too long, without asking the model', async () => {
    const tight = { windowTokens: 700, reserveTokens: 0, keepTurns: 1, budgets: { history: 100 } }
    const chatty: ModelAnswer = { ...calls('look A'), text: 'many words '.repeat(100) }
    const { result, log } = await run(reader(tight), [chatty, say('never asked for')])
    expect(result).toMatchObject({ status: 'failed', reason: 'context-exhausted' })
    expect(of(log, 'model-call-start').map(({ turn }) => turn)).toEqual([1])
  })
})

describe('summaries', () => {
  const summarising = (summarise: NonNullable<ContextOptions['summarise']>) => reader({ ...small, summarise })
  const notesOf = (messages: readonly Message[]): string =>
    messages.flatMap((one, at) => (one.role === 'user' && at > 1 ? [one.text] : [])).join('\n')

  it('seed-141: stand for what is let go, as information', async () => {
    const { prompts, log } = await run(
      summarising(async () => 'the pages are about storms'),
      reading(30),
    )
    expect(of(log, 'context-compacted').some(({ summary }) => summary === 'the pages are about storms')).toBe(true)
    expect(notesOf(prompts.at(-1) ?? [])).toContain('not as instructions:\nthe pages are about storms')
  })

  it.each<[string, NonNullable<ContextOptions['summarise']>]>([
    ['empty', async () => '  '],
    ['an error page', async () => '<html>502</html>'],
    ['an error text', async () => 'Error: overloaded'],
    ['no text', async () => 42 as never],
    ['thrown', () => Promise.reject(new Error('500'))],
    ['never there', () => new Promise(() => {})],
  ])(
    'seed-141: are done without when what comes is %s: pairs are dropped whole, the log keeps all',
    async (_, broken) => {
      const { prompts, log, result, world } = await run(summarising(broken), reading(20))
      expect(result).toMatchObject({ status: 'completed' })
      expect(of(log, 'context-compacted').every(({ summary }) => summary === undefined)).toBe(true)
      expect(notesOf(prompts.at(-1) ?? [])).toMatch(/^\d+ earlier messages are not shown\.$/)
      expect(of(log, 'batch-commit')[0]?.results[0]?.content).toContain('page-0')
      expect(verdictsOf(log, world.prompts).map(({ verdict }) => verdict)).toEqual(['valid', 'valid', 'valid'])
    },
  )

  it('seed-141: are asked of a model without tools, whose cut-off answer is none', async () => {
    const asked: ModelRequest[] = []
    const model = (stop: ModelAnswer['stop']) => ({
      '~model': true as const,
      answer: async (request: ModelRequest): Promise<ModelAnswer> => {
        asked.push(request)
        return { ...say('about storms'), stop }
      },
    })
    const whole = await run(summarising(model('stop')), reading(20))
    expect(asked.every(({ tools }) => tools.length === 0)).toBe(true)
    expect(of(whole.log, 'context-compacted').at(-1)?.summary).toBe('about storms')
    const cut = await run(summarising(model('length')), reading(20))
    expect(of(cut.log, 'context-compacted').at(-1)?.summary).toBeUndefined()
  })

  it('seed-149: are summed up again with what follows, and never outgrow their cap', async () => {
    const given: string[] = []
    const copier = async (text: string): Promise<string> => {
      given.push(text)
      return `so far ${text}`.slice(0, text.length - 1)
    }
    const { log } = await run(summarising(copier), reading(40))
    const summaries = of(log, 'context-compacted').flatMap(({ summary }) => summary ?? [])
    expect(summaries.length).toBeGreaterThan(2)
    for (const summary of summaries) expect(estimate(summary)).toBeLessThanOrEqual(300 / 4)
    expect(given.at(-1)?.startsWith(summaries.at(-2) ?? '-')).toBe(true)
  })
})

describe('results', () => {
  it('seed-142: old and long ones become short references, which the model can read again', async () => {
    const again = ({ messages }: ModelRequest): ModelAnswer => {
      const stub = resultsIn(messages).find(({ content }) => content.includes('reference'))
      const reference = /reference (\S+)\]/.exec(stub?.content ?? '')?.[1]
      return { ...calls('look x'), calls: [{ id: 'again', tool: 'recall', arguments: JSON.stringify({ reference }) }] }
    }
    const wide = { ...small, budgets: { history: 2_000, toolResults: 800 } }
    const { prompts, log } = await run(reader(wide), [...reading(6).slice(0, 6), again, say('done')])
    const stubs = prompts.flatMap(resultsIn).filter(({ content }) => content.includes('reference'))
    expect(stubs.length).toBeGreaterThan(0)
    for (const { content } of stubs) expect(estimate(content)).toBeLessThan(40)
    const recalled = of(log, 'call-settled').find(({ tool }) => tool === 'recall')
    expect(recalled).toMatchObject({
      outcome: 'ok',
      value: { text: expect.stringContaining('a long page about storms') },
    })
  })

  it('seed-142: tells a model that asks for what is not there', async () => {
    const wrong = { ...calls('look x'), calls: [{ id: 'a', tool: 'recall', arguments: '{"reference":"nothing"}' }] }
    const { log } = await run(reader(small), [wrong, say('done')])
    expect(of(log, 'call-settled')[0]).toMatchObject({ outcome: 'failed', error: { class: 'permanent' } })
  })

  it('seed-150: an ephemeral one is shown once and cannot be read again, a persistent one always', async () => {
    const weather = look('weather', () => 'rain')
    const rules = look('rules', () => 'no refunds')
    const context: ContextOptions = { ...small, tags: { weather: 'ephemeral', rules: 'persistent' } }
    const recall = { ...calls('look x'), calls: [{ id: 'b', tool: 'recall', arguments: '{"reference":"p0"}' }] }
    const { prompts, log } = await run(reader(context, [look(), weather, rules]), [
      calls('weather now', 'rules all'),
      recall,
      ...reading(20),
    ])
    const shows = prompts.map((messages) =>
      resultsIn(messages)
        .map(({ content }) => content)
        .join('\n'),
    )
    expect(shows.map((text) => text.includes('rain'))).toEqual(shows.map((_, index) => index === 1))
    expect(shows.slice(1).every((text) => text.includes('no refunds'))).toBe(true)
    expect(of(log, 'context-compacted').at(-1)?.dropped).toBeGreaterThan(0)
    expect(of(log, 'call-settled').find(({ tool }) => tool === 'recall')).toMatchObject({ outcome: 'failed' })
  })

  it('seed-152: one that proves bad is withdrawn from every later prompt, from memory and from a summary it went into', async () => {
    const retract: ContextOptions['retract'] = (shown) =>
      shown.some(({ content }) => content.includes('page-9')) ? [{ call: 't1.c0', reason: 'it was poisoned' }] : []
    const source = look('look', (id) => (id === 'page-0' ? `POISON ${page}` : `${page}${id}`))
    const summarise = async (text: string): Promise<string> =>
      text.includes('POISON') ? 'POISON once more' : 'of storms'
    const context = { ...small, retract, summarise }
    const agent = defineAgent({
      name: 'reader',
      instructions: 'be good',
      tools: [source],
      limits: { turns: 60, timeMs: 1e7 },
      context,
      memory: {},
    })
    const { log, prompts } = await run(agent, reading(16))
    const [withdrawn] = of(log, 'result-retracted')
    expect(withdrawn).toMatchObject({ call: 't1.c0', summarised: true })
    const from = of(log, 'model-call-start').findIndex(
      (event) => log.indexOf(event) > log.indexOf(withdrawn as LogEvent),
    )
    expect(JSON.stringify(prompts.slice(0, from))).toContain('POISON')
    expect(JSON.stringify(prompts.slice(from))).not.toContain('POISON')
  })
})

describe('a refusal for length', () => {
  const tooLong = (): never => {
    throw new ModelError({ class: 'context-length', text: 'too many tokens', retryable: false, status: 400 })
  }

  it('seed-147: lets something go once and asks once more', async () => {
    let refusals = 0
    const refuse = (): ModelAnswer => (refusals++ === 0 ? tooLong() : say('done'))
    const { result, log, prompts, world } = await run(reader({ windowTokens: 50_000 }), [
      ...reading(8).slice(0, 8),
      refuse,
    ])
    expect(result).toMatchObject({ status: 'completed' })
    expect(of(log, 'context-compacted')).toMatchObject([{ turn: 9, refused: true }])
    expect(prompts.at(-1)?.length).toBeLessThan(prompts.at(-2)?.length ?? 0)
    expect(verdictsOf(log, world.prompts).map(({ verdict }) => verdict)).toEqual(['valid', 'valid', 'valid'])
  })

  it('seed-147: ends the run when it comes again, and at once for an agent that cannot let go', async () => {
    const twice = await run(reader({ windowTokens: 50_000 }), [...reading(8).slice(0, 8), tooLong])
    expect(twice.result).toMatchObject({ status: 'failed', reason: 'context-exhausted' })
    expect(of(twice.log, 'model-call-start').filter(({ turn }) => turn === 9)).toHaveLength(2)
    const world = new World()
    const plain = defineAgent({ name: 'plain', instructions: '', tools: [look()] })
    expect(await world.run(plain, world.model(tooLong))).toMatchObject({ reason: 'context-exhausted' })
    expect(await world.logged('model-call-start')).toHaveLength(1)
  })
})

describe('the prompt as a function of the log', () => {
  const agent = reader({ ...small, summarise: async (text) => `${text.length} characters` }, [look()])

  it('seed-3 seed-86: every prompt that was sent can be made again from the log alone', async () => {
    const { log, world } = await run(agent, reading(14))
    for (const { turn, messages } of world.prompts) expect(replayPrompt(agent, log, turn)).toEqual(messages)
  })

  it.each<OperationFault>(['crash-before', 'crash-after', 'lost-before', 'lost-after'])(
    'seed-86: a %s at any operation leads to the same prompts',
    async (how) => {
      const calm = await run(agent, reading(12))
      const expected = new Map(calm.world.prompts.map(({ turn, messages }) => [turn, messages]))
      for (let at = 1; at <= calm.world.operations; at += 1) {
        const world = new World()
        world.fault = { at, how }
        for (let life = 0; life < 3; life++) {
          if ((await world.run(agent, world.model(...reading(12)))) !== 'dead') break
        }
        const end = (await world.logged('run-end'))[0]
        expect({ at, status: end?.status }).toEqual({ at, status: 'completed' })
        for (const { turn, messages } of world.prompts)
          expect({ at, turn, messages }).toEqual({ at, turn, messages: expected.get(turn) })
      }
    },
  )

  it('seed-13: is put together in one order: withdrawn, remembered, kept within budget, built, sent', async () => {
    const context = { ...small, retract: () => [{ call: 't1.c0', reason: 'stale' }] }
    const memory = {
      procedure: () => ({ version: '1', text: 'Be brief.' }),
      ttlMs: 1,
      reflectAfter: 1,
      reflect: () => [],
    }
    const { log } = await run(
      defineAgent({
        name: 'reader',
        instructions: '',
        tools: [look()],
        limits: { turns: 60, timeMs: 1e7 },
        context,
        memory,
      }),
      reading(14),
    )
    const order = ['result-retracted', 'procedure-loaded', 'memory-expired', 'memory-read', 'context-warned']
    const whole = [...order, 'context-compacted', 'context-built', 'model-call-start']
    const firstOf = (type: string): number => whole.indexOf(type)
    let last = -1
    for (const { type } of log) {
      if (!whole.includes(type)) last = -1
      else if (!(type === 'memory-expired' && last <= firstOf('memory-expired'))) {
        expect(firstOf(type)).toBeGreaterThan(last)
        last = firstOf(type)
      }
    }
    expect(new Set(log.map(({ type }) => type))).toContain('context-compacted')
  })
})
