/** Agents on other people's SDKs in the box: trials a second on one core, and the way through msw against msw alone. */

import { existsSync } from 'node:fs'
import { measure, workerFlags } from './child.js'
import { show } from './figure.js'
import { folder } from './scenario.js'

/** Five turns, two parallel calls each, one 429, history and every check on: trials a second of CPU time. */
const floors = { openai: 900, anthropic: 1_000, generateText: 400, openaiAgents: 120, langgraph: 90 }

if (!existsSync(`${folder}/sdk/node_modules`)) {
  console.error(' ✗ the SDKs are not installed: npm ci --prefix sdk')
  process.exit(2)
}
for (const [name, floor] of Object.entries(floors)) {
  const { perCore, cpuMs, events, best } = await measure('sdk-trials.js', [name])
  show({
    what: `${name}: a trial of ${events} events, every check on`,
    value: Math.round(perCore),
    unit: 'trials/core s',
    flags: workerFlags,
    compared: `at least ${floor}, ${(perCore / floor).toFixed(2)} of it; ${cpuMs.toFixed(2)} ms of CPU; by the wall clock ${Math.round(best)} at best`,
    holds: perCore >= floor,
  })
}
const bare = await measure('sdk-bare.js')
const boxed = await measure('sdk-trials.js', ['nodeHttp'])
const ratio = boxed.perCore / bare.perCore
show({
  what: 'node:https in the box, of the same over msw alone',
  value: ratio.toFixed(2),
  unit: 'times',
  flags: workerFlags,
  compared: `at least 0.5; ${Math.round(boxed.perCore)} trials and ${Math.round(bare.perCore)} bare runs a second of CPU time`,
  holds: ratio >= 0.5,
})
