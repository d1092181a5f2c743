import { describe, expect, it } from 'vitest'
import { subagentTruth } from '../../../../src/check/invariant/subagent-truth.js'
import { digest } from '../../../../src/core/digest.js'
import type { RunStatus } from '../../../../src/core/event.js'
import { type Draft, own, runEnd, verdict } from '../history-of.js'

const call = 't1.c0'
const session = 's/t1.c0'
const start: Draft = { type: 'subagent-start', call, tool: 'help', session, task: 'do', timeMs: 1_000 }
const end = (status: RunStatus = 'completed', text = 'done', tokens = 10): Draft => ({
  type: 'subagent-end',
  call,
  session,
  status,
  reason: status === 'completed' ? 'stop' : 'max-turns',
  output: digest(text),
  tokens,
})
const settled = (outcome: 'ok' | 'failed', answer = 'done'): Draft => ({
  type: 'call-settled',
  call,
  tool: 'help',
  outcome,
  attempts: 1,
  ...(outcome === 'ok' ? { value: { answer } } : {}),
})
const judged = (...drafts: readonly Draft[]) => verdict(subagentTruth, own, drafts)

describe('subagent-truth', () => {
  it('holds for an answer that is handed on, and for an end that is reported as one', () => {
    expect(judged(start, end(), settled('ok'), runEnd())).toMatchObject({ verdict: 'valid', arose: 1 })
    expect(judged(start, end('failed'), settled('failed'), runEnd())).toMatchObject({ verdict: 'valid', arose: 1 })
  })

  it('is not concerned without subagents', () => {
    expect(judged(runEnd())).toMatchObject({ verdict: 'valid', concerned: false })
  })

  it.each<[string, string, readonly Draft[]]>([
    ['a', 'a child that was cut short is ok', [start, end('failed'), settled('ok')]],
    ['a', 'a child without an answer is ok', [start, end('completed', ''), settled('ok', '')]],
    ['b', 'a child is reported twice', [start, end(), end()]],
    ['b', 'a child is started twice', [start, start]],
    ['b', 'the parent ends before its child', [start, runEnd()]],
    ['c', 'the parent is told something else', [start, end(), settled('ok', 'other')]],
    ['e', 'the child breaks a promise', [start, { type: 'subagent-broke', session, invariant: 'x', because: 'y' }]],
  ])('breaks clause %s where %s', (clause, _name, drafts) => {
    expect(judged(...drafts).violation).toMatchObject({ clause })
  })

  it('breaks clause d where parent and child together take more than the budget', () => {
    const facts = { ...own, budget: { tokens: 15 } }
    const charged: Draft = { type: 'budget-charged', turn: 1, attempt: 1, prompt: 3, tokens: 6, cost: 0 }
    expect(verdict(subagentTruth, facts, [charged, start, end()]).violation).toMatchObject({ clause: 'd' })
    expect(verdict(subagentTruth, facts, [start, end()]).violation).toBeUndefined()
  })
})
