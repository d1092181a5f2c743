import { expect, test } from 'vitest'
import { modelPort } from '../../../src/sim/model-port.js'
import { readScript, type Script } from '../../../src/sim/script.js'
import { scriptedModel } from '../../../src/sim/scripted-model.js'
import { stage } from './stage.js'

const text = 'It is found.'
const saying: Script<any> = ({ say }) => [say(text)]
const calling: Script<any> = ({ call }) => [[call('look', { at: 'A' }), call('look', { at: 'B' })]]

/** What a listener hears of one answer, and how it ends. */
async function listen(fault: string, parameters: Record<string, string> = {}, entries = saying) {
  const site = 'model/t1/a1'
  const chosen = Object.entries(parameters).map(([name, value]) => [`${site}@${name}`, value] as const)
  const { setting, act, world } = stage([[site, fault], ...chosen])
  const plan = { entries: readScript(entries), policy: undefined, onFailure: 'any' as const }
  const model = modelPort(
    setting,
    scriptedModel(setting, plan, () => false),
    60_000,
  )
  const heard: string[] = []
  const outcome = await act(() =>
    model.answer({
      messages: [{ role: 'user', text: 'Go.' }],
      tools: [{ name: 'look', description: 'Look', inputSchema: {} }],
      signal: new AbortController().signal,
      turn: 1,
      attempt: 1,
      onPartial: (sofar) => heard.push(sofar),
    }),
  )
  const landed = world.events.filter(({ type }) => type === 'fault-landed').length
  return { heard, outcome, landed, ms: world.now }
}

test('an answer is heard while it comes, and then it is whole', async () => {
  const { heard, outcome } = await listen('ok')
  expect(heard).toEqual(['It i', text])
  expect(outcome).toMatchObject({ kind: 'returned', value: { text, stop: 'stop' } })
})

test.each([
  ['eof', 'bad-response'],
  ['reset', 'connection-lost'],
  ['error-frame', 'unavailable'],
])('cut by %s after its first part: it is rejected as %s', async (mode, kind) => {
  const { heard, outcome, landed } = await listen('model/stream-cut', { after: '1', mode })
  expect(heard).toEqual(['It i'])
  expect(outcome).toMatchObject({ kind: 'threw', error: { detail: { class: kind, retryable: true } } })
  expect(landed).toBe(1)
})

test.each(['stall', 'pings'])('one that falls silent (%s) is never settled', async (mode) => {
  const { heard, outcome } = await listen('model/stream-cut', { after: '2', mode })
  expect(heard).toEqual(['It i', text])
  expect(outcome.kind).toBe('waits')
})

test('a frame that comes twice is heard twice', async () => {
  const { heard, outcome } = await listen('model/duplicate-frame')
  expect(heard).toEqual(['It i', text, text])
  expect(outcome).toMatchObject({ kind: 'returned', value: { text } })
})

test('two calls under one index are one, with the arguments of both', async () => {
  const { outcome } = await listen('model/index-collide', {}, calling)
  expect(outcome).toMatchObject({ value: { calls: [{ tool: 'look', arguments: '{"at":"A"}{"at":"B"}' }] } })
  expect(outcome.kind === 'returned' && outcome.value.calls).toHaveLength(1)
})
