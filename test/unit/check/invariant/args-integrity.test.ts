import { describe, expect, it } from 'vitest'
import { argsIntegrity } from '../../../../src/check/invariant/args-integrity.js'
import type { Facts } from '../../../../src/core/history.js'
import type { Json } from '../../../../src/core/json.js'
import {
  answered,
  arrived,
  attemptStart,
  charge,
  error,
  foreign,
  happened,
  own,
  proposal,
  returned,
  verdict,
} from '../history-of.js'

const call = 't1.c0'
const strict: Facts = { ...own, tools: [{ ...charge, takes: (args) => Object.keys(args as object).length < 2 }] }
const opened = (proposed: string, args?: Json) =>
  happened('batch-open', {
    turn: 1,
    calls: [
      {
        call,
        id: 'a',
        tool: 'charge',
        effect: 'write',
        proposed,
        key: 'k',
        ...(args === undefined ? {} : { args, argsDigest: 'd-charge' }),
      },
    ],
  })
const said = (text: string) => answered(1, [{ ...proposal('charge', {}, 'a'), arguments: text }])

describe('args-integrity', () => {
  it('holds where what cannot be read is refused', () => {
    const rejected = happened('call-rejected', { call, tool: 'charge', error: error('invalid-args', false) })
    expect(verdict(argsIntegrity, strict, [said('{"cents":'), opened('{"cents":'), rejected])).toMatchObject({
      verdict: 'valid',
      arose: 1,
    })
  })

  it('is silent where all is well: arguments in another order, none at all', () => {
    const sound = [said('{"b":1}'), opened('{"b":1}', { b: 1 }), attemptStart(call)]
    expect(verdict(argsIntegrity, strict, sound)).toMatchObject({ verdict: 'valid', concerned: false })
    expect(verdict(argsIntegrity, strict, [said(''), opened('', {}), attemptStart(call)]).verdict).toBe('valid')
  })

  it('breaks where a text was mended, changed or exchanged, and where the schema would not take it', () => {
    expect(verdict(argsIntegrity, strict, [said('{"a":1'), opened('{"a":1', { a: 1 })]).violation?.clause).toBe('a')
    expect(verdict(argsIntegrity, strict, [said('{"a":"1"}'), opened('{"a":"1"}', { a: 1 })]).violation?.clause).toBe(
      'b',
    )
    expect(verdict(argsIntegrity, strict, [said('{"a":1}'), opened('{"a":2}', { a: 2 })]).violation?.clause).toBe('b')
    const extra = [said('{"a":1,"b":2}'), opened('{"a":1,"b":2}', { a: 1, b: 2 }), attemptStart(call)]
    expect(verdict(argsIntegrity, strict, extra).violation).toMatchObject({ clause: 'a', witness: [1, 2] })
    const other = [said('{}'), opened('{}', {}), attemptStart(call, 'charge', 1, { argsDigest: 'another' })]
    expect(verdict(argsIntegrity, strict, other).violation?.clause).toBe('b')
  })

  it('elsewhere: breaks where a call was carried out of which no readable text was ever sent', () => {
    const cut = said('{"cents":4')
    expect(verdict(argsIntegrity, foreign, [cut, arrived({ call })]).violation?.clause).toBe('a')
    expect(verdict(argsIntegrity, foreign, [cut, said('{"cents":49}'), returned(call, 1)])).toMatchObject({
      verdict: 'valid',
      arose: 1,
    })
  })
})
