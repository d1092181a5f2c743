import { expect, test } from 'vitest'
import { defineScenario } from '../../../src/index.js'
import { simplest } from '../../../src/kernel/source.js'
import { runTrial } from '../../../src/scenario/run-trial.js'

/** What an agent that throws this before it asks the model is told on a calm day. */
async function told(error: Error) {
  const scenario = defineScenario({
    name: 'throws',
    model: ({ say }) => [say('hello')],
    run: () => Promise.reject(error),
  })
  const { problems } = await runTrial(scenario, { source: simplest, calm: true, fresh: true })
  return problems.map(({ kind, what, remedy }) => ({ kind, what, remedy }))
}

const unplayed = expect.objectContaining({ kind: 'leftover-script' })

test('an agent that throws is told so first: that its script was not played is a consequence', async () => {
  expect(await told(new TypeError('no such thing'))).toEqual([
    {
      kind: 'agent-threw',
      what: 'your agent threw TypeError: no such thing',
      remedy: 'let it reach its goal without faults first: mend it, the script or the backends',
    },
    unplayed,
  ])
})

test('an SDK of another version than the model it was given is named, with the way out', async () => {
  const error = new Error('Unsupported model version v3 for provider "stormproof" and model "scripted".')
  error.name = 'AI_UnsupportedModelVersionError'
  expect(await told(error)).toEqual([
    {
      kind: 'agent-threw',
      what: expect.stringContaining('Unsupported model version v3'),
      remedy: expect.stringContaining("AI SDK 5 takes `scriptedLanguageModel({ specification: 'v2' })`"),
    },
    unplayed,
  ])
})
