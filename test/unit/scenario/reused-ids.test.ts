/** Calls under ids that tell nothing apart: on the wire, at our own port, and to an agent that goes by them. */

import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { defineAgent, withParts } from '../../../src/agent/agent.js'
import { resultOf } from '../../../src/agent/batch-end.js'
import { defineTool } from '../../../src/agent/tool.js'
import type { Clients } from '../../../src/core/backend.js'
import type { Pair } from '../../../src/explore/hands.js'
import { replaySource } from '../../../src/explore/replay-source.js'
import { defineScenario } from '../../../src/scenario/define-scenario.js'
import { runTrial } from '../../../src/scenario/run-trial.js'
import { defineBackend } from '../../../src/sim/define-backend.js'
import type { Script } from '../../../src/sim/script.js'
import { anthropic, calling, chat, decided, meet, messages, openai, response } from './sdk-met.js'

const reused = (more: Readonly<Record<string, string>> = {}): readonly Pair[] => decided('model/id-reuse', more)

describe('on the wire', () => {
  const idsOf = {
    chat: async (decisions: readonly Pair[]) => {
      const { value } = await meet(() => openai().chat.completions.create(chat), decisions, calling)
      return value.choices[0].message.tool_calls.map(({ id }: { id: string }) => id)
    },
    'chat, streamed': async (decisions: readonly Pair[]) => {
      const run = () => openai().chat.completions.stream(chat).finalMessage()
      const { value } = await meet(run, decisions, calling)
      return value.tool_calls.map(({ id }: { id: string }) => id)
    },
    responses: async (decisions: readonly Pair[]) => {
      const { value } = await meet(() => openai().responses.create(response), decisions, calling)
      return value.output.flatMap((item: { call_id?: string }) => item.call_id ?? [])
    },
    messages: async (decisions: readonly Pair[]) => {
      const { value } = await meet(() => anthropic().messages.create(messages), decisions, calling)
      return value.content.flatMap((block: { id?: string }) => block.id ?? [])
    },
  }

  it.each(Object.keys(idsOf) as (keyof typeof idsOf)[])('one id, or none: %s', async (format) => {
    expect(await idsOf[format](reused())).toEqual(['call_0', 'call_0'])
    // For a stream the SDK makes up what is missing.
    const empty = format === 'chat, streamed' ? expect.stringMatching(/^call_[\da-f-]{36}$/) : ''
    expect(await idsOf[format](reused({ id: 'empty' }))).toEqual([empty, empty])
    expect(await idsOf[format](reused({ scope: 'turn' }))).toEqual(['call_0', 'call_1'])
  })

  const oneByOne: Script<any> = ({ call, say }) => [
    call('send', { amount: 100, to: 'bob' }),
    call('send', { amount: 7, to: 'eve' }),
    say('Both are sent.'),
  ]

  /** Goes on as long as there are calls, with each call as it came. */
  const converse = async (): Promise<string> => {
    const said: any[] = [...chat.messages]
    for (;;) {
      const { choices } = await openai().chat.completions.create({ ...chat, messages: said })
      const { message } = choices[0] as (typeof choices)[number]
      said.push(message)
      if (!message.tool_calls) return message.content as string
      for (const { id } of message.tool_calls) said.push({ role: 'tool', tool_call_id: id, content: '{"ok":true}' })
    }
  }

  it.each(['turn', 'session'])('the script goes on where ids come again in the next turn (%s)', async (scope) => {
    const { value, trial } = await meet(converse, reused({ scope }), oneByOne)
    expect(value).toBe('Both are sent.')
    expect(trial.faults['model/id-reuse']).toEqual({ planned: 1, injected: 1, landed: 1 })
  })

  it('who fails is told by the order, where two have one id', async () => {
    const answers = async () => {
      const asked = await openai().responses.create(response)
      const [one, other] = asked.output.filter((item) => item.type === 'function_call')
      if (!one || !other) throw new Error(`two calls were expected, not ${JSON.stringify(asked.output)}`)
      const output = (call: { call_id: string }, text: string) => ({
        ...{ type: 'function_call_output' as const, call_id: call.call_id, output: text },
      })
      const input = [
        { role: 'user' as const, content: 'hi' },
        one,
        other,
        output(one, '{"ok":true}'),
        output(other, 'Error'),
      ]
      return openai().responses.create({ ...response, input })
    }
    const decisions: readonly Pair[] = [...reused(), ['model/t2@reaction', 'again']]
    const { value } = await meet(answers, decisions, calling)
    expect(value.output).toMatchObject([{ arguments: '{"amount":7,"to":"eve"}' }])
  })

  it('a provider that wants ids refuses the empty one it gave itself', async () => {
    const { value, trial } = await meet(converse, reused({ id: 'empty' }), oneByOne)
    expect(value.status).toBe(400)
    expect(trial.faults['model/strict-provider']).toEqual({ planned: 1, injected: 1, landed: 1 })
    expect(trial.violations).toEqual([])
  })
})

const shelves = defineBackend({
  name: 'library',
  state: () => ({}),
  operations: ({ read }) => ({
    find: read({ input: z.object({ title: z.string() }), answer: (_state, { title }) => ({ shelf: `${title}-1` }) }),
  }),
})

const librarian = ({ library }: Clients<{ library: typeof shelves }>) =>
  defineAgent({
    name: 'librarian',
    instructions: 'Find them.',
    tools: [
      defineTool({
        name: 'find',
        description: 'Find a book',
        effect: 'read',
        input: z.object({ title: z.string() }),
        output: z.object({ shelf: z.string() }),
        execute: (input, { signal }) => library.find(input, { signal }),
      }),
    ],
  })

type Librarian = ReturnType<typeof librarian>

/** Keeps the results of a run under the ids of the provider. */
function goesByIds(agent: Librarian): Librarian {
  const results = new Map<string, ReturnType<typeof resultOf>>()
  return withParts(agent, {
    resultsOf: (batch, render) => {
      for (const call of batch.calls)
        if (!results.has(call.proposed.id)) results.set(call.proposed.id, resultOf(call, render))
      return batch.calls.map((call) => {
        const { content, outcome } = results.get(call.proposed.id) as ReturnType<typeof resultOf>
        return { call: call.intent.call, id: call.intent.id, tool: call.intent.tool, outcome, content }
      })
    },
  })
}

const trialOf = (change: (agent: Librarian) => Librarian, decisions: readonly Pair[]) =>
  runTrial(
    defineScenario({
      name: 'finding',
      backends: { library: shelves },
      agent: (clients) => change(librarian(clients)),
      prompt: 'Where are they?',
      model: ({ call, say }) => [
        [call('find', { title: 'Emma' }), call('find', { title: 'Dune' })],
        call('find', { title: 'Kim' }),
        say('Found.'),
      ],
    }),
    { source: replaySource(decisions), keepGoing: true },
  )

describe('at our own port', () => {
  const weathers = ['batch', 'turn', 'session'].flatMap((scope) => ['constant', 'empty'].map((id) => ({ scope, id })))

  it.each(weathers)('the runtime keeps calls apart, whatever the ids say (%o)', async (weather) => {
    const { violations, status, events, faults } = await trialOf((agent) => agent, reused(weather))
    expect(violations).toEqual([])
    expect(status).toBe('completed')
    expect(faults['model/id-reuse']?.landed).toBe(1)
    expect(faults['model/strict-provider']).toBeUndefined()
    const shown = events.findLast((event) => event.type === 'prompt-received')?.messages ?? []
    const results = shown.flatMap((message) => (message.role === 'tool' ? message.results : []))
    expect(results.map(({ content }) => content)).toEqual(['Emma', 'Dune', 'Kim'].map((t) => `{"shelf":"${t}-1"}`))
    expect(new Set(results.map(({ id }) => id)).size).toBe(3)
  })

  it.each(weathers)('who goes by them shows one result for another (%o)', async (weather) => {
    const { violations } = await trialOf(goesByIds, reused(weather))
    expect(violations.map(({ invariant }) => invariant).sort()).toEqual(['result-fidelity', 'result-identity'])
  })
})
