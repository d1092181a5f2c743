/**
 * A process of a shop that is killed over and over: it recovers the sessions it finds in its folder, starts those that are
 * missing, and prints their results. `ready` says that it begins, `here` that it has come to where it is to be killed. What it
 * is told to do wrong shows that the test can fail.
 */

import { randomUUID } from 'node:crypto'
import { appendFileSync, existsSync, readFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { z } from 'zod'

const [runtime, folder, sessions, orders, flaw, grave] = process.argv.slice(2)
const { defineAgent, defineTool, fileStore, recoverSessions, runAgent } = await import(runtime)

const ledger = join(folder, 'ledger.ndjson')

/** At the moment where it is to be killed the process says so, and stands still until it is. */
function pass(moment) {
  if (moment !== grave) return
  writeSync(1, 'here\n')
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
}

let effects = 0

/** The service: one line an effect, and none for a key that it has served before. */
function serve(key, order) {
  const lines = existsSync(ledger) ? readFileSync(ledger, 'utf8').split('\n').filter(Boolean) : []
  if (lines.some((line) => JSON.parse(line).key === key)) return
  appendFileSync(ledger, `${JSON.stringify({ key, order })}\n`)
  pass(`effect ${++effects}`)
}

/** What a hasty service has answered for and not done: it gets to it when the model has been asked again. */
const owed = []

const ship = defineTool({
  name: 'ship',
  description: 'Ship an order',
  effect: 'write',
  input: z.object({ order: z.string() }),
  output: z.object({ shipped: z.string() }),
  execute: async ({ order }, { key }) => {
    await sleep(2)
    if (flaw === 'answers-first') owed.push(() => serve(key, order))
    else serve(flaw === 'drops-keys' ? randomUUID() : key, order)
    await sleep(3)
    return { shipped: order }
  },
})

const usage = { inputTokens: 1, outputTokens: 1 }

/** Ships two orders a turn until it has heard that all are shipped. */
const model = {
  '~model': true,
  answer: async ({ messages }) => {
    const session = messages.find(({ role }) => role === 'user').text
    const shipped = new Set(
      messages.flatMap(({ results = [] }) =>
        results.filter(({ outcome }) => outcome === 'ok').map(({ content }) => JSON.parse(content).shipped),
      ),
    )
    if (shipped.size > 0) pass('heard')
    await sleep(2)
    for (const due of owed.splice(0)) due()
    const missing = Array.from({ length: Number(orders) }, (_, at) => `${session}/${at}`).filter(
      (order) => !shipped.has(order),
    )
    if (missing.length === 0) return { text: `${shipped.size} shipped`, calls: [], stop: 'stop', usage }
    const calls = missing
      .slice(0, 2)
      .map((order) => ({ id: `call ${order}`, tool: 'ship', arguments: JSON.stringify({ order }) }))
    return { text: '', calls, stop: 'tool-calls', usage }
  },
}

const agent = defineAgent({
  name: 'shop',
  instructions: 'ship everything',
  tools: [ship],
  limits: { turns: 100 },
  // Every kill counts as a failed attempt of what it hit.
  retry: { attempts: 100, baseMs: 1, factor: 1, jitterMs: 0 },
  breaker: { failures: 1_000 },
})

const store = fileStore(join(folder, 'sessions'))
writeSync(1, 'ready\n')
for (const one of await recoverSessions({ agents: [agent], model, store })) if (one.kind === 'not-run') throw one.error
const results = await Promise.all(
  sessions.split(',').map((session) => runAgent(agent, { session, prompt: session, model, store })),
)
writeSync(1, `${JSON.stringify(results.map(({ status, text }) => `${status}: ${text}`))}\n`)
