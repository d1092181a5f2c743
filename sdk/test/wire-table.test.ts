/** `docs/wire-table.md` says what agents do under faults on the wire: what matters most in it is found again, and every agent is in it. */

import { readdirSync, readFileSync } from 'node:fs'
import type { Scenario } from 'stormproof'
import { expect, test } from 'vitest'
import { wireLines } from '../../bench/wire-trials.ts'
import { replaySource } from '../../src/explore/replay-source.ts'
import { runTrial } from '../../src/scenario/run-trial.ts'

const root = new URL('../../', import.meta.url)
const table = readFileSync(new URL('docs/wire-table.md', root), 'utf8').split('\n')
const rowsOf = (agent: string): readonly string[] => table.filter((row) => row.startsWith(`| ${agent} | `))

interface Row {
  readonly executed: string
  readonly ended: string
  readonly after: string
  readonly broke: string
}

/** By what went wrong. */
function read(rows: readonly string[]): Readonly<Record<string, Row>> {
  const cells = rows.map((row) => row.slice(2, -2).split(' | '))
  return Object.fromEntries(
    cells.map(([, fault, , executed, ended, after, broke]) => [fault, { executed, ended, after, broke } as Row]),
  )
}

const all = readdirSync(new URL('sdk/scenarios/', root)).flatMap((file) => /^(.*)\.scenario\.ts$/.exec(file)?.[1] ?? [])
const onTheWire = all.filter((name) => !name.startsWith('native-'))

test('every agent that meets a wire is in the table, and no other', () => {
  const listed = new Set(table.flatMap((row) => /^\| ([\w-]+) \| (?!what)/.exec(row)?.[1] ?? []))
  expect([...listed].toSorted()).toEqual(onTheWire.toSorted())
})

const harm: Readonly<Record<string, readonly [agent: string, fault: string, row: object]>> = {
  'an SDK that tries again after a lost answer charges twice': [
    'langgraph-retry',
    'charge: answer lost',
    { executed: 'charge ×2, mail ×2', broke: expect.stringContaining('an order is charged once') },
  ],
  'a stream that is cut shortens what is said, and nobody notices': [
    'openai-lenient',
    'stream: ends within arguments',
    { executed: 'mail', ended: 'completed (returned)', broke: expect.stringContaining('the receipt is whole') },
  ],
  'a stream that says nothing more is waited for for ever': [
    'openai-stream',
    'stream: nothing but pings',
    { ended: 'waiting (deadlock)', after: 'never', broke: 'run-liveness' },
  ],
  'an effect lands after its run has reported failure': [
    'langgraph-retry',
    'model: arguments of a wrong type',
    {
      ended: expect.stringMatching(/^failed .*an effect landed after that$/),
      broke: expect.stringContaining('charged'),
    },
  ],
}

test.each(Object.entries(harm))('%s', async (_name, [agent, fault, row]) => {
  const { default: scenario } = (await import(`../scenarios/${agent}.scenario.ts`)) as { default: Scenario }
  const seen = await wireLines(scenario, { runTrial, replaySource })
  expect(read(seen)[fault]).toMatchObject(row)
  expect(rowsOf(agent), 'run `npm run wire-table` again').toEqual(seen)
})
