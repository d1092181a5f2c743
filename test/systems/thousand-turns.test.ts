import { expect, it } from 'vitest'
import { z } from 'zod'
import { defineAgent, withParts } from '../../src/agent/agent.js'
import { unitsOf } from '../../src/agent/context/context-state.js'
import { runSession } from '../../src/agent/run-session.js'
import { defineTool } from '../../src/agent/tool.js'
import { hash32 } from '../../src/core/digest.js'
import { canonical } from '../../src/core/json.js'
import type { Store } from '../../src/core/store.js'
import { hashingEmbedder } from '../../src/core/vector.js'
import { memoryStore } from '../../src/platform/memory-store.js'
import { calls, say } from '../unit/agent/small-world.js'

const turns = 1_000

/** What a turn costs: characters sent to the model and to the store, messages taken in, texts embedded. */
interface Work {
  sent: number
  written: number
  scanned: number
  embedded: number
}

const work: Work[] = []
const workOf = (turn: number): Work => {
  work[turn] ??= { sent: 0, written: 0, scanned: 0, embedded: 0 }
  return work[turn]
}
let turn = 0

const look = defineTool({
  name: 'look',
  description: 'look',
  effect: 'read',
  input: z.object({ id: z.string() }),
  output: z.object({ found: z.string() }),
  execute: async ({ id }) => ({ found: `${id}: ${'a long page about storms '.repeat(8)}` }),
})

const agent = withParts(
  defineAgent({
    name: 'reader',
    instructions: 'be good',
    tools: [look],
    limits: { turns: turns + 1, timeMs: 1e9 },
    context: {
      windowTokens: 6_000,
      budgets: { history: 800, toolResults: 1_200 },
      summarise: (text) => text.slice(0, 200),
    },
    memory: {
      capacity: 32,
      embed: (text) => {
        workOf(turn).embedded += 1
        return hashingEmbedder(text)
      },
    },
  }),
  {
    unitsOf: (messages) => {
      workOf(turn).scanned += messages.length
      return unitsOf(messages)
    },
  },
)

function counting(store: Store): Store {
  return {
    ...store,
    append: (session, expected, events) => {
      workOf(turn).written += canonical(events).length
      return store.append(session, expected, events)
    },
  }
}

/** The average turn of a stretch that is longer than the way from one compaction to the next. */
function average(from: number, to: number): Work {
  const stretch = work.slice(from, to)
  const mean = (key: keyof Work): number => stretch.reduce((sum, one) => sum + one[key], 0) / stretch.length
  return { sent: mean('sent'), written: mean('written'), scanned: mean('scanned'), embedded: mean('embedded') }
}

it('seed-139: turn 1,000 of a session costs less than 20 % more than the turns from 10 on', async () => {
  const ports = {
    clock: { now: () => 0, wall: () => 0, after: () => ({ cancel: () => {} }) },
    random: { below: (label: string, bound: number) => hash32(label) % bound },
    store: counting(memoryStore()),
    model: {
      '~model': true as const,
      answer: async (request: { turn: number; messages: readonly unknown[] }) => {
        turn = request.turn
        workOf(turn).sent += canonical(request.messages).length
        return request.turn > turns ? say('done') : calls(`look page-${request.turn}`)
      },
    },
  }
  const result = await runSession(agent, { session: 's1', prompt: 'go' }, ports)
  expect(result).toMatchObject({ status: 'completed' })
  expect(work).toHaveLength(turns + 2)
  const [early, late] = [average(10, 110), average(turns - 100, turns)]
  for (const key of ['sent', 'written', 'scanned', 'embedded'] as const) {
    expect({ key, growth: late[key] / early[key] < 1.2 }).toEqual({ key, growth: true })
  }
  expect(late.sent).toBeGreaterThan(0)
})
