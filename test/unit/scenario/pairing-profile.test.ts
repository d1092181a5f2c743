/** Three providers that differ in how they pair results with calls; to each a right agent, and one that is wrong there. */

import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { defineAgent } from '../../../src/agent/agent.js'
import { defineTool } from '../../../src/agent/tool.js'
import type { Clients } from '../../../src/core/backend.js'
import type { Pair } from '../../../src/explore/hands.js'
import { replaySource } from '../../../src/explore/replay-source.js'
import { mutate } from '../../../src/mutant/registry.js'
import { defineScenario, type FaultPlan, type Scenario } from '../../../src/scenario/define-scenario.js'
import { runTrial } from '../../../src/scenario/run-trial.js'
import { defineBackend } from '../../../src/sim/define-backend.js'
import { type PairingProfile, pairingProfiles } from '../../../src/sim/pairing-profile.js'

const found = z.object({ value: z.string() })

const library = defineBackend({
  name: 'library',
  state: () => ({}),
  operations: ({ read, write }) => ({
    shelf: read({ input: z.object({}), answer: () => ({ value: 'S12' }) }),
    price: read({ input: z.object({}), answer: () => ({ value: '7 EUR' }) }),
    lend: write({
      input: z.object({ shelf: z.string(), price: z.string() }),
      keyed: true,
      apply: () => ({ value: 'lent' }),
    }),
  }),
})

type Library = Clients<{ library: typeof library }>

const librarian = ({ library: books }: Library) =>
  defineAgent({
    name: 'librarian',
    instructions: 'Find, then lend.',
    tools: [
      ...(['shelf', 'price'] as const).map((name) =>
        defineTool({
          name,
          description: `Look up the ${name}`,
          effect: 'read',
          input: z.object({}),
          output: found,
          execute: (input, { signal }) => books[name](input, { signal }),
        }),
      ),
      defineTool({
        name: 'lend',
        description: 'Lend it',
        effect: 'write',
        input: z.object({ shelf: z.string(), price: z.string() }),
        output: found,
        execute: (input, { key, signal }) => books.lend(input, { idempotencyKey: key, signal }),
      }),
    ],
  })

const promise = 'it is lent from its shelf'
const lendingAt = (pairing: PairingProfile) => ({
  backends: { library },
  always: { [promise]: ({ ledger }: any) => ledger.library.lend.every(({ input }: any) => input.shelf === 'S12') },
  faults: { pairing } satisfies FaultPlan,
})
const script = ({ call, say }: any) => [
  [call('shelf', {}), call('price', {})],
  call('lend', (seen: any) => ({ shelf: seen('shelf').value, price: seen('price').value })),
  say('Enjoy.'),
]

/** The first answer is the last to come. */
const late: readonly Pair[] = [['library.shelf#t1.c0/a1@time', 'x8']]

async function met(scenario: Scenario, decisions: readonly Pair[] = late) {
  const { events, faults, status, violations } = await runTrial(scenario, {
    source: replaySource(decisions),
    keepGoing: true,
  })
  const refused = events.flatMap((event) => (event.type === 'prompt-received' && event.refused) || [])
  const lent = events.flatMap((event) => (event.type === 'effect-applied' ? [event.input] : []))
  const broken = new Set(violations.map(({ invariant }) => invariant))
  return { counts: faults['model/strict-provider'], status, refused, lent, kept: !broken.has(promise) }
}

const once = { planned: 1, injected: 1, landed: 1 }
const right = { shelf: 'S12', price: '7 EUR' }
const swapped = { shelf: '7 EUR', price: 'S12' }

type Librarian = ReturnType<typeof librarian>

describe('at our own port', () => {
  const own = (pairing: PairingProfile, change: (agent: Librarian) => Librarian = (agent) => agent) =>
    met(
      defineScenario({
        ...lendingAt(pairing),
        name: 'lending',
        agent: (clients: Library) => change(librarian(clients)),
        prompt: 'Lend me a book.',
        model: script,
      }),
    )
  const disordered = (agent: Librarian) => mutate('completion-order-results', agent)

  it.each(pairingProfiles)('results in the order of their calls are read as they are meant: %s', async (pairing) => {
    expect(await own(pairing)).toEqual({
      counts: undefined,
      status: 'completed',
      refused: [],
      lent: [right],
      kept: true,
    })
  })

  it('adjacency-strict takes any order, and no result apart from its call', async () => {
    expect(await own('adjacency-strict', disordered)).toMatchObject({ counts: undefined, refused: [], lent: [right] })
    const apart = await own('adjacency-strict', (agent) => mutate('batch-rendered-apart', agent))
    expect(apart).toMatchObject({ counts: once, status: 'failed', lent: [] })
    expect(apart.refused[0]).toMatch(/missing-results|orphan-result/)
  })

  it('order-strict refuses results in the order in which they came', async () => {
    const { counts, status, refused, lent } = await own('order-strict', disordered)
    expect([counts, status, lent]).toEqual([once, 'failed', []])
    expect(refused[0]).toMatch(
      /^messages\[3\]\.results\[0\]: id "\w+" does not match id "\w+" at messages\[2\]\.calls\[0\]$/,
    )
  })

  it('lenient-positional takes the first that came for the first that was called, and says nothing', async () => {
    const { counts, status, refused, lent, kept } = await own('lenient-positional', disordered)
    expect([status, refused, lent, kept]).toEqual(['completed', [], [swapped], false])
    // Its later prompts show the same batch.
    expect(counts?.landed).toBeGreaterThan(0)
  })
})

describe('on the wire', () => {
  const url = 'https://api.openai.com/v1/chat/completions'
  const names = ['shelf', 'price', 'lend'] as const
  const tools = names.map((name) => ({ type: 'function', function: { name, parameters: { type: 'object' } } }))
  const loop =
    (order: (results: readonly unknown[]) => readonly unknown[]) =>
    async ({ library: books }: Library): Promise<string> => {
      const messages: any[] = [{ role: 'user', content: 'Lend me a book.' }]
      for (;;) {
        const response = await fetch(url, { method: 'POST', body: JSON.stringify({ model: 'm', messages, tools }) })
        const body: any = await response.json()
        if (!response.ok) return `${response.status}: ${body.error.message}`
        const { message } = body.choices[0]
        if (!message.tool_calls) return message.content
        const results: unknown[] = []
        for (const call of message.tool_calls) {
          const answer = await books[call.function.name as keyof typeof books](JSON.parse(call.function.arguments), {})
          results.push({ role: 'tool', tool_call_id: call.id, content: JSON.stringify(answer) })
        }
        messages.push(message, ...order(results))
      }
    }
  const foreign = async (pairing: PairingProfile, order: (results: readonly unknown[]) => readonly unknown[]) => {
    const said: string[] = []
    const run = async (clients: Library) => void said.push(await loop(order)(clients))
    const scenario = defineScenario({ ...lendingAt(pairing), name: 'loop', run, model: script })
    return { ...(await met(scenario, [])), said: said.at(-1) }
  }
  const asCalled = (results: readonly unknown[]) => results
  const backwards = (results: readonly unknown[]) => results.toReversed()
  /** Without ids, as some loops for local models send them. */
  const nameless = (results: readonly unknown[]) => results.map((one) => ({ ...(one as object), tool_call_id: '' }))

  it.each(pairingProfiles)('an agent that answers in order is served: %s', async (pairing) => {
    expect(await foreign(pairing, asCalled)).toMatchObject({ counts: undefined, lent: [right], said: 'Enjoy.' })
  })

  it('one that answers backwards is served, refused, or misread', async () => {
    expect(await foreign('adjacency-strict', backwards)).toMatchObject({ counts: undefined, lent: [right] })
    expect(await foreign('order-strict', backwards)).toMatchObject({
      ...{ counts: once, lent: [] },
      said: expect.stringMatching(/^400: messages\[2\]\.results\[0\]: id .* does not match id/),
    })
    expect(await foreign('lenient-positional', backwards)).toMatchObject({ lent: [swapped], kept: false })
  })

  it('one that names no call is refused where ids count, and served where they do not', async () => {
    expect(await foreign('adjacency-strict', nameless)).toMatchObject({ counts: once, lent: [] })
    const { counts, ...served } = await foreign('lenient-positional', nameless)
    expect(served).toMatchObject({ lent: [right], kept: true, said: 'Enjoy.' })
    expect(counts).toBeUndefined()
  })
})

it('a profile that there is not is refused, with those that there are', () => {
  const faults = { pairing: 'order-strickt' } as unknown as FaultPlan
  expect(() => defineScenario({ name: 'x', run: () => undefined, faults })).toThrowError(
    expect.objectContaining({ code: 'scenario', remedy: expect.stringContaining('order-strict') }),
  )
})
