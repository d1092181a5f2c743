import { describe, expect, it } from 'vitest'
import { sessionIsolation } from '../../../../src/check/invariant/session-isolation.js'
import { type Draft, happened, own, runEnd, verdict } from '../history-of.js'

const theirs = { chargeId: 'ch_A-7_1_5f0c92ab' }
const beside: Draft = happened('issued-beside', { session: 'beside-1', call: 't1.c0', value: theirs })
const prompt = (...texts: readonly string[]): Draft =>
  happened('prompt-received', {
    turn: texts.length,
    attempt: 1,
    messages: texts.map((text) => ({ role: 'user', text })),
    tools: [],
  })
const begun = prompt('buy it')
const showing = prompt('buy it', JSON.stringify(theirs))
const returned = (value: Record<string, string>): Draft =>
  happened('tool-returned', { call: 't1.c0', tool: 'charge', attempt: 1, outcome: 'ok', digest: '', value })
const started = (key: string): Draft =>
  happened('attempt-start', { call: 't1.c0', tool: 'charge', attempt: 1, key, argsDigest: 'd', deadline: 9_000 })
const idBeside: Draft = happened('issued-beside', { session: 'beside-1', value: 'beside-1_5f0c92ac' })
const keyBeside = (key: string): Draft => happened('issued-beside', { session: 'beside-1', call: 't1.c0', key })
const judged = (...drafts: readonly Draft[]) => verdict(sessionIsolation, own, drafts)

describe('session-isolation', () => {
  it('holds where a session shows what it was given itself, or nothing of the others', () => {
    expect(judged(begun, beside, prompt('buy it', 'ch_A-7_1_00000000'))).toMatchObject({ verdict: 'valid', arose: 1 })
    expect(judged(begun, beside, returned(theirs), showing)).toMatchObject({ verdict: 'valid' })
    expect(judged(prompt(`refund ${theirs.chargeId}`), beside, prompt('x', theirs.chargeId))).toMatchObject({
      verdict: 'valid',
    })
    expect(judged(keyBeside('b/t1.c0'), started('a/t1.c0'))).toMatchObject({ verdict: 'valid', arose: 1 })
  })

  it('is not concerned where a session is alone', () => {
    expect(judged(begun, returned(theirs), started('k'))).toMatchObject({
      verdict: 'valid',
      arose: 0,
      concerned: false,
    })
  })

  it.each<[string, string, readonly Draft[]]>([
    ['a', 'a prompt shows what another was given', [begun, beside, showing]],
    ['a', 'a run begins with what was said to another', [idBeside, prompt('I am beside-1_5f0c92ac', 'buy it')]],
    ['a', 'the run answers with it', [begun, beside, { ...runEnd(), text: theirs.chargeId } as Draft]],
    ['b', 'a key is taken that another has', [keyBeside('k'), started('k')]],
    ['b', 'another takes a key of this one', [started('k'), keyBeside('k')]],
  ])('breaks clause %s where %s', (clause, _name, drafts) => {
    expect(judged(...drafts).violation).toMatchObject({ clause })
  })
})
