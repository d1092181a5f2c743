/** Several sessions in one process, on each SDK: whose request it is, the async context says, through whatever the SDK does. */

import type { Scenario } from 'stormproof'
import { expect, test } from 'vitest'
import { replaySource } from '../../src/explore/replay-source.ts'
import { runTrial } from '../../src/scenario/run-trial.ts'
import type { TrialResult } from '../../src/scenario/trial-result.ts'
import { threadScenario } from '../scenarios/threads.ts'

const count = 3
const decisions = [
  ['run/sessions', 'isolation/concurrent-sessions'],
  ['run/sessions@n', `${count}`],
] as const

const trial = (scenario: Scenario, pairs: readonly (readonly [string, string])[]): Promise<TrialResult> =>
  runTrial(scenario, { source: replaySource(pairs), keepGoing: true })

/** What happened to the session itself: not where it stood in the order of all that happened. */
const storyOf = (events: TrialResult['events']) =>
  events
    .filter(({ type }) => type !== 'issued-beside' && !type.startsWith('fault-'))
    .map(({ seq: _seq, ...event }) => event)

test.each([
  ...['openai-loop', 'openai-stream', 'anthropic-loop', 'anthropic-stream', 'generate-text', 'stream-text'],
  ...['openai-agents', 'openai-agents-stream', 'langgraph-react', 'langgraph-stream', 'langgraph-threads'],
  ...['mcp', 'node-http', 'openai-resumable', 'native-generate-text', 'native-agents', 'native-langgraph'],
])('%s beside others is what it is alone', async (name) => {
  const { default: scenario } = (await import(`../scenarios/${name}.scenario.ts`)) as { default: Scenario }
  const alone = await trial(scenario, [])
  const beside = await trial(scenario, decisions)
  expect(beside).toMatchObject({ status: 'completed', goal: true, violations: [], problems: [] })
  expect(storyOf(beside.events)).toEqual(storyOf(alone.events))
  expect(beside.beside).toHaveLength(count - 1)
  const done = (events: TrialResult['events']): string[] =>
    events.flatMap((event) => (event.type === 'effect-applied' ? [event.operation] : []))
  for (const events of beside.beside) expect(done(events)).toEqual(done(alone.events))
  expect((await trial(scenario, decisions)).fingerprint).toBe(beside.fingerprint)
})

test('a thread for all customers is found out: one reads what another has said', async () => {
  const oneThread = threadScenario('one-thread', () => 'main')
  const { violations } = await trial(oneThread, [['run/sessions', 'isolation/shared-cache']])
  expect(violations).toContainEqual(
    expect.objectContaining({
      invariant: 'session-isolation',
      because: expect.stringContaining('a prompt shows the id of the session beside-1'),
    }),
  )
})
