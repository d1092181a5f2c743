/** Agents that reach out of the world, each in its own way. */

import { exec } from 'node:child_process'
import { lookup } from 'node:dns/promises'
import { writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { Worker } from 'node:worker_threads'
import { defineScenario } from 'stormproof'

const ways: Readonly<Record<string, () => unknown>> = {
  socket: () => void connect(5432, 'localhost'),
  'name-look-up': () => lookup('db.example'),
  process: () => void exec('true'),
  file: () => writeFile('leaked.txt', 'x'),
  thread: () => void new Worker('', { eval: true }),
}

const leaking = (name: string) => defineScenario({ name: `leaks-${name}`, model: () => [], run: () => ways[name]?.() })

export const socket = leaking('socket')
export const nameLookUp = leaking('name-look-up')
export const childProcess = leaking('process')
export const file = leaking('file')
export const thread = leaking('thread')

/** Reaches out only when the shop failed, and swallows the refusal. */
export const unanswered = defineScenario({
  name: 'asks-nobody',
  model: () => [],
  run: () => fetch('https://audit.example/log', { method: 'PUT', body: '{}' }).then((answer) => answer.status),
})
