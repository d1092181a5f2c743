import https from 'node:https'
import net from 'node:net'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { simplest } from '../../../src/kernel/source.js'
import { defineScenario } from '../../../src/scenario/define-scenario.js'
import { runTrial } from '../../../src/scenario/run-trial.js'
import { defineBackend } from '../../../src/sim/define-backend.js'

const notes = defineBackend({
  name: 'notes',
  baseUrl: 'https://notes.example',
  state: () => ({ taken: [] as string[] }),
  operations: ({ write }) => ({
    take: write({
      http: 'POST /notes',
      input: z.object({ text: z.string() }),
      apply: (state, { text }) => {
        state.taken.push(text)
        return { id: `n${state.taken.length}` }
      },
    }),
  }),
})

function post(url: string, body: unknown, agent?: https.Agent): Promise<string> {
  return new Promise((resolve, reject) => {
    const request = https.request(
      url,
      { method: 'POST', headers: { 'content-type': 'application/json' }, agent },
      (response) => {
        let text = ''
        response.on('data', (chunk) => {
          text += String(chunk)
        })
        response.on('end', () => resolve(text))
      },
    )
    request.on('error', reject)
    request.end(JSON.stringify(body))
  })
}

test('an agent over node:https is answered by the simulated model and the simulated service', async () => {
  const scenario = defineScenario({
    name: 'over-node-http',
    backends: { notes },
    model: ({ say }) => [say('Take a note.')],
    run: async () => {
      const answer = await post('https://api.openai.com/v1/chat/completions', {
        model: 'gpt-5',
        messages: [{ role: 'user', content: 'hi' }],
      })
      const text = (JSON.parse(answer) as { choices: { message: { content: string } }[] }).choices[0]?.message.content
      return post('https://notes.example/notes', { text })
    },
    success: ({ ledger, result }) => ledger.notes.take[0]?.input.text === 'Take a note.' && result === '{"id":"n1"}',
  })
  const first = await runTrial(scenario, { source: simplest, calm: true })
  const second = await runTrial(scenario, { source: simplest, calm: true })
  expect(first.problems).toEqual([])
  expect(first.goal).toBe(true)
  expect(second.fingerprint).toBe(first.fingerprint)
  expect(second.virtualMs).toBe(first.virtualMs)
})

test('requests that wait for one kept connection are answered, one after the other, and the same again', async () => {
  const scenario = defineScenario({
    name: 'one-connection',
    backends: { notes },
    model: () => [],
    run: async () => {
      const agent = new https.Agent({ keepAlive: true, maxSockets: 1 })
      const texts = ['a', 'b', 'c']
      const answers = await Promise.all(texts.map((text) => post('https://notes.example/notes', { text }, agent)))
      agent.destroy()
      return answers
    },
    success: ({ ledger, result }) =>
      ledger.notes.take.length === 3 && String(result) === '{"id":"n1"},{"id":"n2"},{"id":"n3"}',
  })
  const first = await runTrial(scenario, { source: simplest, calm: true })
  const second = await runTrial(scenario, { source: simplest, calm: true })
  expect(first.problems).toEqual([])
  expect(first.goal).toBe(true)
  expect(second.fingerprint).toBe(first.fingerprint)
})

test('a socket that speaks no HTTP is a leak still', async () => {
  const scenario = defineScenario({
    name: 'raw-socket',
    backends: { notes },
    model: () => [],
    run: async () => {
      await post('https://notes.example/notes', { text: 'a' })
      const socket = net.connect(5432, 'db.example')
      socket.on('error', () => {})
      socket.write('SELECT 1;')
      await new Promise((resolve) => socket.once('close', resolve))
    },
  })
  const { problems } = await runTrial(scenario, { source: simplest, calm: true })
  expect(problems).toMatchObject([{ kind: 'leak', what: 'a socket to db.example:5432' }])
})
