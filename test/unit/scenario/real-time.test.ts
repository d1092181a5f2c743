import { expect, test } from 'vitest'
import { real } from '../../../src/box/real.js'
import { simplest } from '../../../src/kernel/source.js'
import { defineScenario } from '../../../src/scenario/define-scenario.js'
import { realTimeIn } from '../../../src/scenario/real-time.js'
import { runTrial } from '../../../src/scenario/run-trial.js'

const now = Date.UTC(2026, 10, 29, 8, 0, 0)

test.each([
  ['{"at":1795939199000}', '1795939199000'],
  ['created 1795939199.', '1795939199'],
  ['It is 2026-11-29T07:59:59.123Z.', '2026-11-29T07:59:59.123Z'],
  ['It is 2026-11-29T07:30:00Z.', '2026-11-29T07:30:00Z'],
  ['a day ago: 2026-11-28T07:59:59.123Z, 1795852799000', undefined],
  ['to come: 2026-11-29T08:00:01Z', undefined],
  ['an order o-17959391990001, 4111111111111111, 2026-11-29', undefined],
  ['', undefined],
])('%s', (text, stamp) => {
  expect(realTimeIn(text, now)).toBe(stamp)
})

const loadedAt = real.dateNow()

/** What an agent is told that tells the model the time. */
async function told(time: () => string | number) {
  const asking = () =>
    fetch('https://api.openai.com/v1/chat/completions', {
      method: 'POST',
      body: JSON.stringify({ model: 'gpt-5', messages: [{ role: 'user', content: `It is ${time()}.` }] }),
    })
  const scenario = defineScenario({ name: 'asks', model: ({ say }) => [say('Hello.')], run: asking })
  const { problems } = await runTrial(scenario, { source: simplest, fresh: true, calm: true })
  return problems
}

test.each([
  ['through a Date that it took before', () => new real.Date().toISOString()],
  ['because it read it while it loaded', () => loadedAt],
])('an agent that has the real time of day is told so: %s', async (_, time) => {
  expect(await told(time)).toEqual([
    {
      kind: 'leak',
      what: expect.stringMatching(
        /^the real time of day, \S+: your agent took Date before stormproof was registered, or read/,
      ),
      where: '',
      remedy: 'register first (`node --import stormproof/register`), and read the clock where the agent runs',
    },
  ])
})

test('an agent that has the time of its world is not', async () => {
  expect(await told(() => `${new Date().toISOString()} ${Date.now()}`)).toEqual([])
})
