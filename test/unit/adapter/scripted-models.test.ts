import { APICallError, generateText, type LanguageModel } from 'ai'
import { expect, test } from 'vitest'
import { scriptedLanguageModel } from '../../../src/adapter/ai-sdk.js'
import { scriptedChatModel } from '../../../src/adapter/langchain.js'
import { scriptedModel } from '../../../src/adapter/openai-agents.js'
import { replaySource } from '../../../src/explore/replay-source.js'
import { defineScenario } from '../../../src/scenario/define-scenario.js'
import { runTrial } from '../../../src/scenario/run-trial.js'

/** What a quiet or a struck trial of an agent ends in. The agents of whole SDKs are in `sdk/`. */
async function trialOf(
  model: () => LanguageModel,
  struck: readonly (readonly [string, string])[] = [],
  maxRetries = 2,
) {
  const scenario = defineScenario<{}, {}, string>({
    name: 'given-its-model',
    run: async () => (await generateText({ model: model(), prompt: 'Say hello.', maxRetries })).text,
    model: ({ say }) => [say('Hello.')],
    success: ({ result }) => result === 'Hello.',
  })
  return runTrial(scenario, { source: replaySource(struck) })
}

const limited = [
  ['model/t1/a1', 'model/http-error'],
  ['model/t1/a1@status', '429'],
] as const

const ways: readonly [string, () => LanguageModel][] = [
  ['given as a value', () => scriptedLanguageModel()],
  ['named by a string', () => 'openai/gpt-5'],
]

test.each(ways)('a model %s follows the script, and the SDK retries what can be retried', async (_, model) => {
  expect((await trialOf(model)).goal).toBe(true)
  const struck = await trialOf(model, limited)
  expect([struck.goal, struck.faults['model/http-error']?.landed]).toEqual([true, 1])
  expect(struck.events.filter(({ type }) => type === 'prompt-received')).toHaveLength(2)
})

test('an error that is not retried reaches the agent as the SDK knows it', async () => {
  let caught: unknown
  const model = (): LanguageModel => {
    const scripted = scriptedLanguageModel()
    const doGenerate = (options: unknown): Promise<any> =>
      scripted.doGenerate(options).catch((error: unknown) => {
        caught = error
        throw error
      })
    return { ...scripted, doGenerate }
  }
  const { status } = await trialOf(model, limited, 0)
  expect(status).toBe('failed')
  expect(
    APICallError.isInstance(caught) && [
      caught.statusCode,
      caught.isRetryable,
      caught.responseHeaders?.['x-request-id'],
    ],
  ).toEqual([429, true, expect.stringMatching(/^req_/)])
})

test('what is given that nobody has is refused, with what to do', () => {
  expect(() => scriptedModel({ client: 1 } as never)).toThrow(/no field "client"/)
  expect(() =>
    scriptedChatModel({ BaseChatModel: class {}, AIMessage: class {}, AIMessageChunk: class {} } as never),
  ).toThrow(expect.objectContaining({ code: 'config', message: expect.stringContaining('lacks ChatGenerationChunk') }))
})
