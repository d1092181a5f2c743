import { describe, expect, it } from 'vitest'
import { determinism } from '../../../src/check/invariant/determinism.js'
import type { Check } from '../../../src/check/invariant.js'
import { judge } from '../../../src/check/judge.js'
import type { Judge, Judgement } from '../../../src/check/judgement.js'
import { watcher } from '../../../src/check/watch.js'
import { historyOf, own, runEnd, runStart } from './history-of.js'

const check = (
  name: string,
  onEnd: (judge: Judge) => Judgement,
  more: Partial<Check<{ heard: number }>> = {},
): Check<{ heard: number }> => ({
  name,
  says: name,
  kind: 'safety',
  clauses: { a: name },
  usual: '',
  mutant: '',
  concerns: () => true,
  start: () => ({ heard: 0 }),
  on: {
    'run-end': (state, _event, answer) => {
      state.heard++
      return onEnd(answer)
    },
  },
  ...more,
})
const twice = historyOf(own, [runStart(), runEnd(), runEnd()])

describe('watcher', () => {
  it('counts how often a promise was tested, and skips without counting', () => {
    const [held, skipped] = judge(twice, [
      check('held', (answer) => answer.held),
      check('skipped', (answer) => answer.skip),
    ])
    expect(held).toEqual({ invariant: 'held', verdict: 'valid', arose: 2, concerned: true })
    expect(skipped).toMatchObject({ verdict: 'valid', arose: 0 })
  })

  it('records the first violation of each check, all of one event in registry order', () => {
    const breaks = (name: string) => check(name, (answer) => answer.broken(`${name} broke`, { witness: [2, 0, 2] }))
    const watch = watcher([breaks('one'), check('fine', (answer) => answer.held), breaks('two')]).begin(own)
    for (const event of twice.events) watch.feed(event)
    watch.rest(false)
    expect(watch.violations).toEqual([
      { invariant: 'one', clause: 'a', because: 'one broke', witness: [0, 2], seq: 1 },
      { invariant: 'two', clause: 'a', because: 'two broke', witness: [0, 2], seq: 1 },
    ])
    expect(watch.verdicts().map(({ verdict, arose }) => [verdict, arose])).toEqual([
      ['invalid', 1],
      ['valid', 2],
      ['invalid', 1],
    ])
  })

  it('turns a handler that throws, or answers nothing, into an unknown verdict with its reason', () => {
    const throwing = check('throwing', () => {
      throw new Error('oops')
    })
    const silent = check('silent', () => undefined as never)
    const startless = check('startless', (answer) => answer.held, {
      start: () => {
        throw new Error('no state')
      },
    })
    const verdicts = judge(twice, [throwing, silent, startless, check('fine', (answer) => answer.held)])
    expect(verdicts.map(({ verdict, reason }) => [verdict, reason])).toEqual([
      ['unknown', 'the check threw at event 1: oops'],
      ['unknown', 'the check threw at event 1: a handler answered neither skip, held nor broken'],
      ['unknown', 'the check threw at event 0: no state'],
      ['valid', undefined],
    ])
  })

  it('judges at rest, once, unless the check was broken before', () => {
    const atRest = (_state: unknown, answer: Judge, truncated: boolean) =>
      truncated ? answer.skip : answer.broken('left over')
    const late = check('late', (answer) => answer.held, { atRest })
    const early = check('early', (answer) => answer.broken('early'), { atRest })
    const [first, second] = judge(twice, [late, early])
    expect(first?.violation).toMatchObject({ because: 'left over', seq: 3, witness: [3] })
    expect(second?.violation?.because).toBe('early')
  })

  it('does not know about liveness when the trial was cut short, or not brought to rest', () => {
    const live = check('live', (answer) => answer.held, { kind: 'liveness' })
    expect(judge({ ...twice, truncated: true }, [live])[0]).toMatchObject({ verdict: 'unknown', arose: 2 })
    expect(judge(twice, [live])[0]).toMatchObject({ verdict: 'valid' })
    expect(watcher([live]).begin(own).verdicts()[0]).toMatchObject({ verdict: 'unknown' })
  })

  it('hears nothing for checks that do not concern the agent, and leaves relations out', () => {
    const elsewhere = check('elsewhere', (answer) => answer.broken('heard'), { concerns: (facts) => !facts.own })
    expect(judge(twice, [elsewhere, determinism])).toEqual([
      { invariant: 'elsewhere', verdict: 'valid', arose: 0, concerned: false },
    ])
  })

  it('keeps trials apart, and learns of other facts', () => {
    const watched = watcher([check('only own', (answer) => answer.held, { concerns: (facts) => facts.own })])
    const run = (facts: typeof own) => {
      const watch = watched.begin(facts)
      for (const event of twice.events) watch.feed(event)
      return watch.verdicts()[0]?.arose
    }
    expect([run(own), run(own), run({ ...own, own: false }), run(own)]).toEqual([2, 2, 0, 2])
  })
})
