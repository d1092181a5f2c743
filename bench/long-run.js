/** What a turn costs late in a session: CPU time of turns 900 to 1,000 against turns 10 to 110, with context and memory and without. */

import { z } from 'zod'
import { defineAgent } from '../dist/src/agent/agent.js'
import { runSession } from '../dist/src/agent/run-session.js'
import { defineTool } from '../dist/src/agent/tool.js'
import { memoryStore } from '../dist/src/platform/memory-store.js'
import { median, show } from './figure.js'

const turns = 1_000
const sessions = 20
/** Compile what the others run. */
const warmUps = 10
const page = 'a long page about storms '.repeat(8)

const look = defineTool({
  name: 'look',
  description: 'look',
  effect: 'read',
  input: z.object({ id: z.string() }),
  output: z.object({ found: z.string() }),
  execute: ({ id }) => Promise.resolve({ found: `${id}: ${page}` }),
})

const reader = { name: 'reader', instructions: 'be good', tools: [look], limits: { turns: turns + 1, timeMs: 1e9 } }
const context = {
  windowTokens: 6_000,
  budgets: { history: 800, toolResults: 1_200 },
  summarise: (text) => text.slice(0, 200),
}
const agents = [
  { what: 'context and memory', agent: defineAgent({ ...reader, context, memory: { capacity: 32 } }), isBound: true },
  // Its prompt holds all 2,000 messages by then, and the model gets a copy: nothing is promised.
  { what: 'prompts that show all', agent: defineAgent(reader), isBound: false },
]

/** Milliseconds of CPU until each turn asked its model. */
async function marksOf(agent, session) {
  const marks = []
  const answer = async ({ turn }) => {
    const { user, system } = process.cpuUsage()
    marks[turn] = (user + system) / 1_000
    const usage = { inputTokens: 100, outputTokens: 10 }
    if (turn > turns) return { text: 'done', calls: [], stop: 'stop', usage }
    const call = { id: `call-${turn}`, tool: 'look', arguments: `{"id":"page-${turn}"}` }
    return { text: '', calls: [call], stop: 'tool-calls', usage }
  }
  const ports = {
    clock: { now: () => 0, wall: () => 0, after: () => ({ cancel: () => {} }) },
    random: { below: () => 0 },
    store: memoryStore(),
    model: { '~model': true, answer },
  }
  const { status } = await runSession(agent, { session, prompt: 'go' }, ports)
  if (status !== 'completed') throw new Error(`the session ended ${status}`)
  return marks
}

for (const { what, agent, isBound } of agents) {
  const [early, late] = [[], []]
  for (let index = 0; index < warmUps + sessions; index++) {
    const marks = await marksOf(agent, `s${index}`)
    if (index < warmUps) continue
    early.push((marks[110] - marks[10]) / 100)
    late.push((marks[turns] - marks[turns - 100]) / 100)
  }
  const [before, after] = [median(early), median(late)]
  show({
    what: `${what}: turn 1,000 to turn 10`,
    value: (after / before).toFixed(2),
    unit: 'times',
    compared: `${isBound ? 'at most 1.2; ' : ''}${before.toFixed(3)} ms of CPU a turn early, ${after.toFixed(3)} late`,
    ...(isBound && { holds: after / before <= 1.2 }),
  })
}
