/**
 * A bounded space of runs, all of it: everything a model may answer, everything a tool may do, and a crash after every
 * operation of a third of it; and the deciding function in every state that was met. seed-210
 */

import { beforeAll, describe, expect, it } from 'vitest'
import { type Agent, defineAgent } from '../../src/agent/agent.js'
import { decide } from '../../src/agent/decide.js'
import { fold } from '../../src/agent/fold.js'
import { type Rules, rulesOf } from '../../src/agent/parts.js'
import type { RunResult } from '../../src/agent/run-session.js'
import { RunState } from '../../src/agent/state.js'
import type { LogEvent } from '../../src/core/event.js'
import type { ModelAnswer } from '../../src/core/model.js'
import { ToolFailure } from '../../src/core/tool.js'
import { calls, say, World } from '../unit/agent/small-world.js'

/** What the model may answer in a turn: what it may do, what it may not, what does not exist, and the end. */
const answers = [
  ['quote A'],
  ['quote Z'],
  ['charge A'],
  ['nothing A'],
  ['quote A', 'charge A', 'quote Z'],
  [],
] as const satisfies readonly (readonly string[])[]
/** What the granted call may come to: milliseconds until its answer, or what it throws. */
const outcomes: readonly (number | Error)[] = [
  100,
  new ToolFailure('no', { retry: 'never' }),
  new ToolFailure('later'),
  new Error('no answer'),
  90_000,
]
const turns = 3
const budgets = [3_200, 3_600_000] as const

interface Path {
  readonly answers: readonly ModelAnswer[]
  readonly outcomes: readonly (number | Error)[]
  readonly timeMs: number
}

interface Seen {
  readonly result: RunResult | 'dead'
  readonly log: readonly LogEvent[]
  readonly asked: ReadonlySet<string>
  readonly lastRequestAt: number
  readonly endedAt: number
  /** When its process was started again; 0: never. A world goes on while nobody runs. */
  readonly restartedAt: number
  readonly prompts: number
  readonly operations: number
}

/** The time of a run is counted from here. */
function startOf(log: readonly LogEvent[]): number {
  const [first] = log
  if (first?.type !== 'run-start') throw new Error('the log does not begin with the start of the run')
  return first.at
}

/** Store and clock: what may come between the deadline and the record of the end. */
const slackMs = 200

function agentOf(world: World, path: Path, asked: Set<string>): Agent<any> {
  const tool = (name: string) =>
    world.tool(name, {
      answer: (_attempt, { id }) => {
        asked.add(`${name} ${id}`)
        return path.outcomes[Math.min(world.prompts.length, path.outcomes.length) - 1] ?? 100
      },
    })
  return defineAgent({
    name: 'clerk',
    instructions: 'be good',
    tools: [tool('quote'), tool('charge')] as never,
    limits: { turns, timeMs: path.timeMs },
    grants: { quote: ({ id }: { id: string }) => id !== 'Z' } as never,
  })
}

/** Runs a path to its end; a process that dies is started again. */
async function walk(path: Path, crashAfter?: number): Promise<Seen> {
  const world = new World()
  const asked = new Set<string>()
  if (crashAfter !== undefined) world.fault = { at: crashAfter, how: 'crash-after' }
  const model = world.model(...path.answers)
  let result = await world.run(agentOf(world, path, asked), model)
  let restartedAt = 0
  if (result === 'dead') {
    restartedAt = world.now
    result = await world.run(agentOf(world, path, asked), model)
  }
  const { now: endedAt, prompts, operations } = world
  const lastRequestAt = Math.max(0, ...world.requests.map(({ at }) => at))
  const log = await world.log()
  return { result, log, asked, lastRequestAt, endedAt, restartedAt, prompts: prompts.length, operations }
}

/** Every path: one answer a turn until the model stops, and for each turn that runs the granted call one outcome. */
function pathsFrom(
  answered: readonly ModelAnswer[],
  met: readonly (number | Error)[],
): readonly Omit<Path, 'timeMs'>[] {
  if (answered.length === turns) return [{ answers: answered, outcomes: met }]
  return answers.flatMap((proposed) => {
    if (proposed.length === 0) return [{ answers: [...answered, say('done')], outcomes: met }]
    const next = [...answered, calls(...proposed)]
    const isLast = next.length === turns
    if (isLast && proposed !== answers[0]) return []
    const runs = !isLast && proposed.some((call) => call === 'quote A')
    return (runs ? outcomes : [100]).flatMap((outcome) => pathsFrom(next, [...met, outcome]))
  })
}

const paths: readonly Path[] = pathsFrom([], []).flatMap((path) => budgets.map((timeMs) => ({ ...path, timeMs })))

function expectBounded(path: Path, seen: Seen): void {
  // authorization-scope: no way through the space reaches what was not granted.
  for (const call of seen.asked) expect(call).toBe('quote A')
  // run-liveness: it ends, in one way, and within its turns.
  expect(seen.result).not.toBe('dead')
  expect(seen.log.filter(({ type }) => type === 'run-end')).toHaveLength(1)
  // deadline: nothing is asked for after it, and the run is over with it.
  const deadline = startOf(seen.log) + path.timeMs
  expect(seen.lastRequestAt).toBeLessThanOrEqual(deadline)
  expect(seen.endedAt).toBeLessThanOrEqual(Math.max(deadline, seen.restartedAt) + slackMs)
}

/** The deciding function in a state: pure, and past its time it asks nobody any more. */
function expectSoundDecision(log: readonly LogEvent[], rules: Rules, timeMs: number): number {
  const state = new RunState()
  const startedAt = startOf(log)
  let states = 0
  for (const event of log) {
    fold(state, event, rules)
    for (const now of [startedAt, startedAt + timeMs - 1, startedAt + timeMs, startedAt + 2 * timeMs]) {
      const action = decide(state, rules, now)
      expect(decide(state, rules, now)).toEqual(action)
      if (state.end) expect(action).toEqual({ kind: 'return' })
      else if (now >= state.deadline) expect(action.kind).not.toBe('call-model')
      if (action.kind === 'call-model') expect(action.turn).toBeLessThanOrEqual(turns)
      states++
    }
  }
  return states
}

describe('seed-210: in the whole of a bounded space', () => {
  let walked: readonly (readonly [Path, Seen])[] = []
  beforeAll(async () => {
    const all: [Path, Seen][] = []
    for (const path of paths) all.push([path, await walk(path)])
    walked = all
  }, 120_000)

  it('no call leaves its scope, every run ends, and no run outlives its deadline', () => {
    expect(walked.length).toBeGreaterThan(400)
    for (const [path, seen] of walked) {
      expectBounded(path, seen)
      expect(seen.prompts).toBeLessThanOrEqual(turns)
    }
    const ends = new Set(
      walked.map(([, { result }]) => (result === 'dead' ? result : `${result.status} ${result.reason}`)),
    )
    for (const end of [
      'completed stop',
      'timed-out deadline',
      'failed max-turns',
      'needs-intervention unresolved-effects',
    ])
      expect(ends).toContain(end)
  })

  it('the deciding function is pure, stays at its end, and asks no model past the deadline or the last turn', () => {
    let states = 0
    for (const [path, { log }] of walked) {
      states += expectSoundDecision(log, rulesOf(agentOf(new World(), path, new Set())), path.timeMs)
    }
    expect(states).toBeGreaterThan(10_000)
  })

  it('a crash after any operation, on every third path, leaves a state from which the run ends within the same bounds', async () => {
    let crashes = 0
    for (const [path, { operations }] of walked.filter((_, index) => index % 3 === 0)) {
      for (let at = 1; at <= operations; at++) {
        expectBounded(path, await walk(path, at))
        crashes++
      }
    }
    expect(crashes).toBeGreaterThan(1_000)
  }, 120_000)
})
