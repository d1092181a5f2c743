import { describe, expect, it } from 'vitest'
import { causalOrder } from '../../../../src/check/invariant/causal-order.js'
import { judge } from '../../../../src/check/judge.js'
import type { Intent } from '../../../../src/core/event.js'
import {
  arrived,
  attemptStart,
  batchCommit,
  batchOpen,
  crash,
  error,
  foreign,
  happened,
  historyOf,
  modelEnd,
  modelStart,
  own,
  settled,
  verdict,
} from '../history-of.js'

const turn = [modelStart(1), modelEnd(1), batchOpen(1, ['charge']), attemptStart('t1.c0'), batchCommit(1, ['ok'])]

/** What the calls of a batch of turn 1 declare, in their order. */
const bound = (...calls: readonly Partial<Intent>[]) => {
  const plain = calls.map(
    (fill, index): Intent => ({
      call: `t1.c${index}`,
      id: `id-${index}`,
      tool: 'charge',
      effect: 'write',
      proposed: '{}',
      key: `k-${index}`,
      ...fill,
    }),
  )
  return [modelStart(1), modelEnd(1), happened('batch-open', { turn: 1, calls: plain })]
}
const rejected = (call: string) => happened('call-rejected', { call, tool: 'charge', error: error('refused', false) })
const start = (index: number) => attemptStart(`t1.c${index}`)

describe('causal-order', () => {
  it('holds where turns follow one another', () => {
    expect(verdict(causalOrder, own, [turn, modelStart(2)])).toMatchObject({ verdict: 'valid', arose: 1 })
  })

  it('allows a model call that a crash cut to be made again', () => {
    expect(verdict(causalOrder, own, [modelStart(1), crash, modelStart(1, 2), modelEnd(1)]).verdict).toBe('valid')
  })

  it('breaks clause a where a turn number comes back', () => {
    expect(verdict(causalOrder, own, [turn, modelStart(2), modelEnd(2), modelStart(1)]).violation?.clause).toBe('a')
  })

  it('breaks clause b where two model calls run at once, or a batch is still open', () => {
    expect(verdict(causalOrder, own, [modelStart(1), modelStart(1, 2)]).violation?.clause).toBe('b')
    expect(verdict(causalOrder, own, [turn.slice(0, 4), modelStart(2)]).violation).toMatchObject({
      clause: 'b',
      witness: [2, 4],
    })
  })

  it('breaks clause e where a call starts outside its batch', () => {
    expect(verdict(causalOrder, own, [turn, attemptStart('t1.c0', 'charge', 2)]).violation).toMatchObject({
      clause: 'e',
      witness: [4, 5],
    })
    expect(verdict(causalOrder, own, [modelStart(1), modelEnd(1), attemptStart('t1.c0')]).violation?.because).toContain(
      'before its batch was opened',
    )
  })

  it('breaks clause e where a subagent goes on after its batch, whatever its log says later', () => {
    const within = (call: string) => arrived({ call })
    expect(verdict(causalOrder, own, [turn.slice(0, 4), within('t1.c0/t1.c0'), turn[4]!]).violation).toBeUndefined()
    expect(verdict(causalOrder, own, [turn, within('t1.c0/t1.c0')]).violation).toMatchObject({
      clause: 'e',
      witness: [4, 5],
    })
    expect(verdict(causalOrder, own, [turn, attemptStart('t1.c0/t1.c0')]).violation).toBeUndefined()
    expect(verdict(causalOrder, own, [turn, within('t1.c0/t1.c0.undo')]).violation).toBeUndefined()
  })

  it('allows a subagent of a life that was overtaken to go on until it is told', () => {
    const history = historyOf(own, [turn, arrived({ call: 't1.c0/t1.c0' })])
    const committedBy = (incarnation: number) =>
      history.events.map((event) => (event.type === 'batch-commit' ? { ...event, incarnation } : event))
    const broken = (incarnation: number) => judge({ ...history, events: committedBy(incarnation) }, [causalOrder])[0]
    expect(broken(2)?.violation).toBeUndefined()
    expect(broken(1)?.violation?.clause).toBe('e')
  })

  it('seed-70: breaks clause c where a call starts before what it depends on has settled ok', () => {
    const chain = bound({ dependsOn: ['t1.c1'] }, {}, { dependsOn: ['t1.c0'] })
    const ok = [start(1), settled('t1.c1', 'ok'), start(0)]
    expect(verdict(causalOrder, own, [chain, ok])).toMatchObject({ verdict: 'valid', arose: 1 })
    expect(verdict(causalOrder, own, [chain, start(0)]).violation).toMatchObject({ clause: 'c', tool: 'charge' })
    expect(verdict(causalOrder, own, [chain, start(1), start(0)]).violation?.clause).toBe('c')
    for (const outcome of ['failed', 'unknown'] as const) {
      expect(verdict(causalOrder, own, [chain, start(1), settled('t1.c1', outcome), start(0)]).violation?.clause).toBe(
        'c',
      )
    }
    expect(verdict(causalOrder, own, [chain, rejected('t1.c1'), start(0)]).violation?.clause).toBe('c')
  })

  it('seed-66: breaks clause d where calls on one resource overlap or run against call order', () => {
    const account = { resources: ['account'] }
    const three = bound(account, { ...account, effect: 'read' }, { ...account, effect: 'read' })
    const inOrder = [start(0), settled('t1.c0', 'failed'), start(1), start(2)]
    expect(verdict(causalOrder, own, [three, inOrder])).toMatchObject({ verdict: 'valid', arose: 2 })
    expect(verdict(causalOrder, own, [three, start(0), start(1)]).violation?.clause).toBe('d')
    expect(verdict(causalOrder, own, [three, start(1)]).violation?.because).toContain('started before t1.c0')
    const others = bound(account, { resources: ['another'] }, {})
    expect(verdict(causalOrder, own, [others, start(2), start(1), start(0)]).verdict).toBe('valid')
  })

  it('seed-66: lets a dependency go before call order, and forgets a batch with the next', () => {
    const account = { resources: ['account'] }
    const turned = bound({ ...account, dependsOn: ['t1.c1'] }, account)
    expect(verdict(causalOrder, own, [turned, start(1), settled('t1.c1', 'ok'), start(0)]).verdict).toBe('valid')
    const next = [batchCommit(1, ['ok', 'ok']), modelStart(2), modelEnd(2), batchOpen(2, ['charge', 'charge'])]
    const both = [attemptStart('t2.c1'), attemptStart('t2.c0')]
    const done = [start(1), settled('t1.c1', 'ok'), start(0), settled('t1.c0', 'ok')]
    expect(verdict(causalOrder, own, [turned, done, next, both]).verdict).toBe('valid')
  })

  it('never arises within one turn, and does not concern agents written elsewhere', () => {
    expect(verdict(causalOrder, own, turn)).toMatchObject({ arose: 0, concerned: false })
    expect(verdict(causalOrder, foreign, [turn, modelStart(2)])).toMatchObject({ arose: 0, concerned: false })
  })
})
