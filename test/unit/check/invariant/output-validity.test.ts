import { describe, expect, it } from 'vitest'
import { outputValidity } from '../../../../src/check/invariant/output-validity.js'
import type { Facts } from '../../../../src/core/history.js'
import { attemptEnd, charge, find, foreign, own, returned, verdict } from '../history-of.js'

const gives = (value: unknown): boolean => typeof value === 'number'
const facts: Facts = { ...own, tools: [charge, find].map((tool) => ({ ...tool, gives })) }
const page = '<html>'

describe('output-validity', () => {
  it('holds where garbage is an error, and of a write an open question', () => {
    const read = [returned('t1.c0', page, 'find'), attemptEnd('t1.c0', 'failed', 'find')]
    const write = [returned('t1.c1', page), attemptEnd('t1.c1', 'unknown')]
    expect(verdict(outputValidity, facts, [...read, ...write])).toMatchObject({ verdict: 'valid', arose: 2 })
  })

  it('breaks where garbage counts as a success, or as a write that certainly failed', () => {
    const taken = [returned('t1.c0', page), attemptEnd('t1.c0', 'ok', 'charge', 1, { value: page })]
    expect(verdict(outputValidity, facts, taken).violation).toMatchObject({ clause: 'a', witness: [0, 1] })
    const denied = [returned('t1.c0', page), attemptEnd('t1.c0', 'failed')]
    expect(verdict(outputValidity, facts, denied).violation?.clause).toBe('b')
  })

  it('does not arise where every value is what was declared, or nothing is', () => {
    const sound = [returned('t1.c0', 1), attemptEnd('t1.c0', 'ok')]
    const silent = { verdict: 'valid', arose: 0, concerned: false }
    expect(verdict(outputValidity, facts, sound)).toMatchObject(silent)
    expect(verdict(outputValidity, own, [returned('t1.c0', page), attemptEnd('t1.c0', 'ok')])).toMatchObject(silent)
    expect(verdict(outputValidity, foreign, sound)).toMatchObject(silent)
  })
})
