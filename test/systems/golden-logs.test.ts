/** The three protocols of a dispatcher's log, written by real runs in a simulated world. Cites seed-197, seed-109, seed-196. */

import { type Clients, defineBackend, defineScenario, type Scenario } from 'stormproof'
import { defineAgent, defineTool, type LogLine } from 'stormproof/runtime'
import { expect, it } from 'vitest'
import { z } from 'zod'
import { formatLine } from '../../src/core/sink.js'
import { replaySource } from '../../src/explore/replay-source.js'
import { runTrial } from '../../src/scenario/run-trial.js'

const charge = z.object({ amount: z.number(), card_token: z.string() })
const letter = z.object({ email: z.string() })

const desk = defineBackend({
  name: 'desk',
  state: () => ({}),
  operations: ({ write }) => ({
    charge: write({
      input: charge,
      keyed: true,
      apply: (_state, { card_token }) => `charge_card executed for ${card_token}`,
    }),
    send: write({ input: letter, keyed: true, apply: () => 'sent' }),
  }),
})

type Hands = Clients<{ desk: typeof desk }>

const clerk = ({ desk }: Hands, lines: LogLine[]) =>
  defineAgent({
    name: 'clerk',
    instructions: 'Charge, then tell.',
    sinks: [{ name: 'memory', log: (line) => lines.push(line) }],
    tools: [
      defineTool({
        name: 'charge_card',
        description: 'Charge a card',
        effect: 'write',
        input: charge,
        output: z.string(),
        execute: (input, { key, signal }) => desk.charge(input, { idempotencyKey: key, signal }),
      }),
      defineTool({
        name: 'send_notification',
        description: 'Tell the customer',
        effect: 'write',
        input: letter,
        output: z.string(),
        execute: (input, { key, signal }) => desk.send(input, { idempotencyKey: key, signal }),
      }),
    ],
  })

const errand = (name: string, lines: LogLine[], turns: readonly (readonly [string, unknown])[]): Scenario =>
  defineScenario({
    name,
    backends: { desk },
    agent: (hands) => clerk(hands, lines),
    prompt: 'Charge 49 and tell ann@shop.example.',
    model: ({ call, say }) => [...turns.map(([tool, input]) => call(tool as never, input as never)), say('Done.')],
  })

/** The log of one trial as a file would have it, without the details of single attempts. */
async function logOf(name: string, turns: readonly (readonly [string, unknown])[], faulty: readonly string[] = []) {
  const lines: LogLine[] = []
  const scenario = errand(name, lines, turns)
  const source = replaySource(faulty.map((site) => [site, 'tool/error']))
  await runTrial(scenario, { source: replaySource([]) })
  lines.length = 0
  const { violations, events } = await runTrial(scenario, { source, keepGoing: true })
  expect(violations).toEqual([])
  const shown = lines.filter(({ level }) => level !== 'debug').map((line) => `${formatLine(line)}\n`)
  return { text: shown.join(''), lines, events }
}

const email = { email: 'ann@shop.example' }
const token = 'tok_123456'

it('seed-197, seed-196: self-correction: refused arguments, the correction, the success, and no card token anywhere', async () => {
  const { text, lines } = await logOf('self-correction', [
    ['charge_card', { amount: 'forty-nine', card_token: token }],
    ['charge_card', { amount: 49, card_token: token }],
  ])
  await expect(text).toMatchFileSnapshot('../golden/logs/self-correction.log')
  expect(lines.map((line) => line.text).join()).not.toContain(token)
})

it('seed-197: backoff: every attempt that failed with its wait, then the call with its whole duration', async () => {
  const { text, lines } = await logOf(
    'backoff',
    [['send_notification', email]],
    [1, 2, 3].map((a) => `desk.send#t1.c0/a${a}`),
  )
  await expect(text).toMatchFileSnapshot('../golden/logs/backoff.log')
  expect(lines.filter((line) => line.text.includes(' attempt=') && line.call === 't1.c0')).toHaveLength(3)
})

it('seed-109: breaker: the next call is refused at once, with the time it takes to reset, and nothing is sent', async () => {
  const faulty = [1, 2, 3].map((a) => `desk.send#t1.c0/a${a}`)
  const turns = [
    ['send_notification', email],
    ['send_notification', { email: 'bob@shop.example' }],
  ] as const
  const { text, events } = await logOf('breaker', turns, faulty)
  await expect(text).toMatchFileSnapshot('../golden/logs/breaker.log')
  expect(text).toMatch(/error=Circuit open - service unavailable \(resets in \d+s\) duration=0\.00\ds/)
  expect(events.filter((event) => event.type === 'request-arrived' && event.call === 't2.c0')).toEqual([])
})
