import { describe, expect, it } from 'vitest'
import { judge } from '../../../src/check/judge.js'
import { invariants } from '../../../src/check/registry.js'
import { watcher } from '../../../src/check/watch.js'
import type { Message } from '../../../src/core/message.js'
import * as the from './history-of.js'

/** A whole run of our own runtime: `turns` batches of two calls, each result shown in every later prompt. */
function ownRun(turns: number): readonly the.Draft[] {
  const drafts: the.Draft[] = [the.runStart({ limits: { ...the.limits, turns: turns + 2 } })]
  const messages: Message[] = [the.user]
  for (let turn = 1; turn <= turns; turn++) {
    const calls = [the.proposal('charge', {}, `a${turn}`), the.proposal('find', {}, `b${turn}`)]
    const values = [{ chargeId: `charge-${turn}` }, { orderId: `order-${turn}` }]
    const paths = [`t${turn}.c0`, `t${turn}.c1`] as const
    drafts.push(the.modelStart(turn), the.prompted(turn, [...messages]), the.answered(turn, calls))
    drafts.push(
      the.modelEnd(turn, { calls, stop: 'tool-calls' }),
      the.batchOpen(turn, ['charge', 'find'], [`a${turn}`, `b${turn}`]),
    )
    for (const [index, path] of paths.entries()) {
      const tool = index === 0 ? 'charge' : 'find'
      const request = { call: path, attempt: 1, key: `k-${path}`, site: `shop.charge#${path}/a1` }
      drafts.push(
        the.attemptStart(path, tool),
        the.arrived(request),
        the.applied(turn * 2 + index, { ...request, once: path }),
      )
      drafts.push(
        the.replied('ok', request.site),
        the.returned(path, values[index]!, tool),
        the.attemptEnd(path, 'ok', tool),
      )
      drafts.push(the.settled(path, 'ok', tool, { value: values[index]! }))
    }
    const results = values.map((value, index) => ({
      call: paths[index]!,
      id: calls[index]!.id,
      tool: calls[index]!.tool,
      outcome: 'ok' as const,
      content: JSON.stringify(value),
    }))
    drafts.push(the.batchCommit(turn, [], { results }))
    messages.push(the.asked(...calls), { role: 'tool', results })
  }
  const last = turns + 1
  drafts.push(
    the.modelStart(last),
    the.prompted(last, [...messages]),
    the.answered(last, [], { text: 'Done.', stop: 'stop' }),
  )
  drafts.push(the.modelEnd(last, { text: 'Done.' }), the.runEnd(), the.runSettled('completed'), the.rest())
  return drafts
}

describe('judge', () => {
  it('finds nothing wrong with a correct run', () => {
    const verdicts = judge(the.historyOf(the.own, ownRun(4)))
    expect(verdicts.filter(({ verdict }) => verdict !== 'valid')).toEqual([])
    const tested = verdicts.filter(({ arose }) => arose > 0).map(({ invariant }) => invariant)
    expect(tested).toEqual([
      'tool-pairing',
      'result-identity',
      'result-fidelity',
      'key-stability',
      'effect-presence',
      'batch-atomicity',
      'causal-order',
      'terminal-once',
      'attempt-auditable',
      'quiescence',
    ])
  })

  it('is pure, and equals watching the history as it grew', () => {
    const double = [...ownRun(2), the.applied(99, { once: 't1.c0' }), the.runEnd('failed'), the.attemptStart('t1.c0')]
    const history = the.historyOf(the.own, double)
    const before = JSON.stringify(history)
    const first = judge(history)
    expect(first.some(({ verdict }) => verdict === 'invalid')).toBe(true)
    expect(judge(history)).toEqual(first)
    expect(JSON.stringify(history)).toBe(before)
    const watch = watcher(invariants).begin(the.own)
    for (const event of history.events) watch.feed(event)
    watch.rest(false)
    expect(watch.verdicts()).toEqual(first)
    expect(watch.violations.map(({ invariant }) => invariant)).toEqual([
      'at-most-once-effect',
      'attempt-auditable',
      'terminal-once',
      'causal-order',
      'retry-discipline',
    ])
  })

  it('judges 100,000 events in under two seconds', () => {
    const history = the.historyOf(the.own, ownRun(10))
    const watched = watcher(invariants)
    const trials = Math.ceil(100_000 / history.events.length)
    const started = performance.now()
    for (let trial = 0; trial < trials; trial++) {
      const watch = watched.begin(history.facts)
      for (const event of history.events) watch.feed(event)
      watch.rest(false)
      expect(watch.violations.length).toBe(0)
    }
    expect(performance.now() - started).toBeLessThan(2000)
  })
})
