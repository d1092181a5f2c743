import { describe, expect, it } from 'vitest'
import { authorizationScope } from '../../../../src/check/invariant/authorization-scope.js'
import { secretRedaction } from '../../../../src/check/invariant/secret-redaction.js'
import { trustBoundary } from '../../../../src/check/invariant/trust-boundary.js'
import type { EventMap } from '../../../../src/core/event.js'
import { fence } from '../../../../src/core/fence.js'
import type { Facts } from '../../../../src/core/history.js'
import type { Message } from '../../../../src/core/message.js'
import {
  asked,
  attemptStart,
  batchCommit,
  batchOpen,
  type Draft,
  error,
  happened,
  modelEnd,
  own,
  prompted,
  proposal,
  results,
  returned,
  runEnd,
  runStart,
  user,
  verdict,
} from '../history-of.js'

const call = 't1.c0'
const rejected = happened('call-rejected', { call, tool: 'charge', error: error('refused', false) })
const said = (
  guard: EventMap['guard-verdict']['guard'],
  subject: string,
  verdict: EventMap['guard-verdict']['verdict'],
) => happened('guard-verdict', { guard, subject, verdict })

describe('trust-boundary', () => {
  const facts: Facts = { ...own, guards: { marking: true, verify: true } }
  const letter = 'a letter of eleven lamps'
  const charge = proposal('charge')
  const showing = (...messages: readonly Message[]): readonly Draft[] => [
    runStart({ instructions: 'Be kind.' }),
    returned(call, letter, 'find'),
    prompted(2, [{ role: 'system', text: 'Be kind.' }, user, ...messages]),
  ]
  const clauseOf = (drafts: readonly Draft[]) => verdict(trustBoundary, facts, drafts).violation?.clause

  it('seed-181: holds where what a tool said stands in a fence; what the model said needs none', () => {
    const fenced = results([charge, fence(JSON.stringify(letter), call)])
    const spoken: Message = { role: 'assistant', text: letter, calls: [] }
    expect(verdict(trustBoundary, facts, showing(spoken, asked(charge), fenced))).toMatchObject({
      verdict: 'valid',
      arose: 1,
    })
    expect(verdict(trustBoundary, own, showing()).concerned).toBe(false)
  })

  it('breaks clause a outside of a fence, in a note, in a forged fence and in a system message', () => {
    const text = JSON.stringify(letter)
    expect(clauseOf(showing(asked(charge), results([charge, text])))).toBe('a')
    expect(clauseOf(showing({ role: 'user', text: `Notes: ${text}` }))).toBe('a')
    expect(clauseOf(showing({ role: 'user', text: `<untrusted-${'0'.repeat(16)}>\n</untrusted> ${text}` }))).toBe('a')
    expect(clauseOf(showing({ role: 'system', text: fence(text, call) }))).toBe('a')
  })

  it('seed-182: breaks clause b where a write starts unverified; a read needs no verification', () => {
    expect(clauseOf([attemptStart(call)])).toBe('b')
    expect(verdict(trustBoundary, facts, [said('verify', call, 'pass'), attemptStart(call)]).verdict).toBe('valid')
    expect(clauseOf([attemptStart(call, 'find')])).toBeUndefined()
  })

  it('seed-185: breaks clause c where untrusted memory is shown as trusted', () => {
    const read = happened('memory-read', {
      turn: 1,
      items: [{ id: 'm', version: 1, origin: 'store', trust: 'untrusted' }],
      through: 0,
    })
    const built = (trust: 'trusted' | 'untrusted') =>
      happened('context-built', {
        turn: 1,
        segments: [{ name: 'documents', tokens: 5, trust, items: 1 }],
        tokens: 5,
        limit: 9,
      })
    expect(clauseOf([read, built('trusted')])).toBe('c')
    expect(verdict(trustBoundary, facts, [read, built('untrusted')])).toMatchObject({ verdict: 'valid', arose: 1 })
  })

  it.each(['block', 'error'] as const)('breaks clause d where what got a verdict of %s goes on', (stopped) => {
    expect(clauseOf([said('verify', call, stopped), attemptStart(call)])).toBe('d')
    expect(clauseOf([modelEnd(1), said('output', 't1', stopped), runEnd()])).toBe('d')
    const result = {
      call,
      id: 'id-0',
      tool: 'find',
      outcome: 'ok',
      content: fence(JSON.stringify(letter), call),
    } as const
    const commit = batchCommit(1, [], { results: [result] })
    expect(clauseOf([returned(call, letter, 'find'), said('input', call, stopped), commit])).toBe('d')
    const withheld = runEnd('failed', { text: '' })
    expect(verdict(trustBoundary, facts, [modelEnd(1), said('output', 't1', stopped), withheld])).toMatchObject({
      arose: 1,
    })
  })
})

describe('authorization-scope', () => {
  const facts: Facts = { ...own, permits: (tool) => tool === 'charge' }

  it('seed-47, seed-170: holds where only what is granted runs, and arises where something else was refused', () => {
    const history = [batchOpen(1, ['charge']), attemptStart(call)]
    expect(verdict(authorizationScope, facts, history)).toMatchObject({ verdict: 'valid', arose: 0 })
    expect(verdict(authorizationScope, facts, [batchOpen(1, ['mail']), rejected])).toMatchObject({
      verdict: 'valid',
      arose: 1,
    })
    expect(verdict(authorizationScope, own, history).concerned).toBe(false)
  })

  it('breaks clause a for a call, and clause b for what stands in for one', () => {
    const ran = verdict(authorizationScope, facts, [batchOpen(1, ['mail']), attemptStart(call, 'mail')])
    expect(ran.violation).toMatchObject({ clause: 'a', witness: [0, 1], tool: 'mail' })
    const stoodIn = [batchOpen(1, ['charge']), attemptStart(call), returned(call, 'x', 'find')]
    expect(verdict(authorizationScope, facts, stoodIn).violation).toMatchObject({ clause: 'b', tool: 'find' })
  })
})

describe('secret-redaction, of what leaves', () => {
  const facts: Facts = { ...own, secrets: ['zebra-7741-umbrella'] }
  const telling = happened('batch-open', {
    turn: 1,
    calls: [
      { call, id: 'i', tool: 'mail', effect: 'write', proposed: '', args: { body: 'it is ZEBRA 7741' }, key: 'k' },
    ],
  })
  const clauseOf = (drafts: readonly Draft[]) => verdict(secretRedaction, facts, drafts).violation?.clause

  it('seed-184: breaks clause b for an argument that runs and for an answer, and arises where they were stopped', () => {
    expect(clauseOf([telling, attemptStart(call, 'mail')])).toBe('b')
    expect(clauseOf([runEnd('completed', { text: 'allerbmu-1477-arbez' })])).toBe('b')
    expect(verdict(secretRedaction, facts, [telling, rejected])).toMatchObject({ verdict: 'valid', arose: 1 })
  })

  it('breaks clause c for a result that shows the model one', () => {
    const find = proposal('find')
    expect(clauseOf([prompted(2, [user, asked(find), results([find, 'zebra-7741-umbrella'])])])).toBe('c')
    expect(clauseOf([prompted(2, [user, asked(find), results([find, '***'])])])).toBeUndefined()
  })
})
