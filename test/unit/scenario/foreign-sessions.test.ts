/** Several sessions of an agent that knows nothing of us, in one trial: a loop by hand, which serves all of them in one process. */

import { describe, expect, it } from 'vitest'
import { orders } from '../../../src/backends.js'
import type { Pair } from '../../../src/explore/hands.js'
import { replaySource } from '../../../src/explore/replay-source.js'
import { defineScenario, type Scenario, simulate } from '../../../src/index.js'
import { runTrial } from '../../../src/scenario/run-trial.js'
import type { TrialResult } from '../../../src/scenario/trial-result.js'

const api = 'https://orders.example'
const completions = 'https://api.openai.com/v1/chat/completions'
const post = async (url: string, body: unknown): Promise<any> => {
  const answer = await fetch(url, { method: 'POST', body: JSON.stringify(body) })
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}`)
  return answer.json()
}

const parameters = { type: 'object', properties: { sku: { type: 'string' } }, required: ['sku'] }
const tools = [{ type: 'function', function: { name: 'order', description: 'Order one of it', parameters } }]
const lineOf = (text: string): unknown => ({ customerId: 'C-1', lines: [{ sku: JSON.parse(text).sku, count: 1 }] })
const place = (text: string): Promise<unknown> => post(`${api}/orders`, lineOf(text))

/** Asks, carries out, asks again. What it is handed of `order` and `messages` is its own, or everybody's. */
async function loop(prompt: string, order = place, messages: unknown[] = []): Promise<string> {
  messages.push({ role: 'user', content: prompt })
  for (let turn = 0; turn < 8; turn++) {
    const { choices } = await post(completions, { model: 'gpt-5', messages, tools })
    const { message } = choices[0]
    messages.push(message)
    if (!message.tool_calls?.length) return message.content
    for (const { id, function: called } of message.tool_calls) {
      const content = await order(called.arguments).then(JSON.stringify as (value: unknown) => string, String)
      messages.push({ role: 'tool', tool_call_id: id, content })
    }
  }
  throw new Error('too many turns')
}

type Way = (session: string, process: object) => Promise<string>

const scenarioOf = (name: string, run: Way, restart = false): Scenario =>
  defineScenario({
    name,
    backends: { orders: orders({ baseUrl: api }) },
    run: (clients, session) => run(session, clients),
    ...(restart ? { restart: (clients: object, session: string) => run(session, clients) } : {}),
    model: ({ call, say }) => [
      call('order', { sku: 'lamp' }),
      call('order', { sku: 'desk' }),
      say('Both are ordered.'),
    ],
    success: ({ ledger }) => ledger.orders.place.length === 2,
  })

const careful: Way = (session) => loop(`Order a lamp and a desk for ${session}.`)

/** By what is made once a process: another trial begins without. */
const caches = new WeakMap<object, Map<string, Promise<unknown>>>()
const ways: Record<string, Way> = {
  /** One conversation a process, begun anew by each run. */
  conversation: (() => {
    let messages: unknown[] = []
    return (session) => {
      messages = []
      return loop(`Order a lamp and a desk for ${session}.`, place, {
        // A variable of the module, looked up when it is used.
        push: (message: unknown) => messages.push(message),
        toJSON: () => messages,
      } as never)
    }
  })(),
  /** What was ordered is kept, whoever asked for it. */
  cache: (session, process) =>
    loop(`Order a lamp and a desk for ${session}.`, (text) => {
      const known = caches.get(process) ?? new Map<string, Promise<unknown>>()
      caches.set(process, known)
      const order = known.get(text) ?? place(text)
      known.set(text, order)
      return order
    }),
}

const several = (n: string, kind = 'isolation/concurrent-sessions'): readonly Pair[] => [
  ['run/sessions', kind],
  ['run/sessions@n', n],
]

async function trial(scenario: Scenario, decisions: readonly Pair[]): Promise<TrialResult> {
  const { intended } = (await runTrial(scenario, { source: replaySource([]), calm: true, keepGoing: true })).facts
  return runTrial(scenario, { source: replaySource(decisions), intended, keepGoing: true })
}

/** What happened to the session itself: not where it stood in the order of all that happened. */
const ownStory = ({ events }: TrialResult) =>
  events
    .filter(({ type }) => type !== 'issued-beside' && !type.startsWith('fault-'))
    .map(({ seq: _seq, ...event }) => event)

describe('a loop by hand', () => {
  const alone = scenarioOf('careful', careful)

  it.each(['2', '5'])('with %s sessions in all is what it is alone', async (n) => {
    const [plain, beside] = [await trial(alone, []), await trial(alone, several(n))]
    expect(beside).toMatchObject({ status: 'completed', goal: true, violations: [], problems: [] })
    expect(beside.faults['isolation/concurrent-sessions']).toEqual({ planned: 1, injected: 1, landed: 1 })
    expect(ownStory(beside)).toEqual(ownStory(plain))
    expect(beside.beside).toHaveLength(Number(n) - 1)
    for (const events of beside.beside) expect(events.filter(({ type }) => type === 'effect-applied')).toHaveLength(2)
    expect(new Set(beside.beside.map((events) => promptOf(events))).size).toBe(Number(n) - 1)
    expect((await trial(alone, several(n))).fingerprint).toBe(beside.fingerprint)
  })

  it('is begun after others where they fill what it caches, and turned away with them in a stampede', async () => {
    const later = await trial(alone, several('2', 'isolation/shared-cache'))
    expect(later).toMatchObject({ status: 'completed', violations: [] })
    expect(later.events.find(({ type }) => type === 'run-start')).toMatchObject({ vt: 5_000 })
    const away = await trial(alone, [...several('5', 'shape/stampede'), ['run/sessions@who', 'services']])
    expect(away.faults['shape/stampede']).toMatchObject({ landed: 1 })
  })

  it('dies with all its sessions and comes back with all of them', async () => {
    const restarted = scenarioOf('restarted', careful, true)
    const label = (await trial(restarted, several('2'))).beside[0]?.find(({ type }) => type === 'request-arrived')
    const site = `beside-1/${(label as { site: string }).site}`
    const died = await trial(restarted, [...several('2'), [site, 'process/crash-after-effect']])
    expect(died.ending).toBe('rest')
    for (const events of [died.events, ...died.beside]) {
      expect(events.map(({ type }) => type)).toEqual(expect.arrayContaining(['crash', 'restart', 'run-settled']))
    }
  })

  it.each(Object.keys(ways))('that keeps its %s in the module is caught', async (way) => {
    const scenario = scenarioOf(`shared-${way}`, ways[way] as Way)
    const { findings } = await simulate(scenario, { trials: 10, time: '2m' })
    expect(findings.map(({ invariant }) => invariant)).toContain('session-isolation')
  })

  it('that keeps nothing there is not', async () => {
    const { result, findings } = await simulate(alone, { trials: 10, time: '2m' })
    expect(findings.map(({ invariant }) => invariant)).not.toContain('session-isolation')
    expect(result).not.toBe('nondeterministic')
  })
})

describe('a request over plain HTTP', () => {
  it('finds what other writers have left of its resource', async () => {
    const placed = [{ orderId: 'O-1', customerId: 'C-1', lines: [{ sku: 'lamp', count: 1 }] }]
    const shipping = defineScenario({
      name: 'shipping',
      backends: { orders: orders({ baseUrl: api, placed }) },
      run: async () => (await fetch(`${api}/orders/O-1/ship`, { method: 'POST' })).status,
      model: () => [],
      success: ({ result }) => result === 200,
    })
    expect(await trial(shipping, [])).toMatchObject({ goal: true, problems: [] })
    const { events } = await trial(shipping, [])
    const { site } = events.find(({ type }) => type === 'request-arrived') as unknown as { site: string }
    const beside = await trial(shipping, [[site, 'isolation/shared-resource']])
    expect(beside.faults['isolation/shared-resource']).toMatchObject({ landed: 1 })
    expect(beside.events.find(({ type }) => type === 'run-settled')).toMatchObject({ result: 409 })
  })
})

const promptOf = (events: TrialResult['events']): string => {
  const first = events.find(({ type }) => type === 'prompt-received') as unknown as { messages: unknown }
  return JSON.stringify(first.messages)
}
