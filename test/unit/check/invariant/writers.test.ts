/** Who may write a session, and what becomes of two that write at once. */

import { describe, expect, it } from 'vitest'
import { noLostUpdate } from '../../../../src/check/invariant/no-lost-update.js'
import { singleWriter } from '../../../../src/check/invariant/single-writer.js'
import { type Draft, foreign, happened, own, verdict } from '../history-of.js'

const commit = (parent: number, version: number, epoch = 1): Draft =>
  happened('state-commit', { session: 's', version, parent, epoch, types: [] })
const refused = (parent: number, because: 'conflict' | 'fenced', epoch = 1): Draft =>
  happened('commit-refused', { session: 's', parent, epoch, because })
const opened = (version: number, epoch: number): Draft =>
  happened('state-load', { session: 's', version, epoch, isOpening: true })
const looked = (version: number, epoch: number): Draft =>
  happened('state-load', { session: 's', version, epoch, isOpening: false })
const cell = (parent: number, version: number): Draft => happened('cell-written', { cell: 'pool', parent, version })

describe('no-lost-update', () => {
  it('holds where one of two that overlap is refused', () => {
    expect(verdict(noLostUpdate, own, [commit(0, 2), commit(2, 3), refused(2, 'conflict')])).toMatchObject({
      verdict: 'valid',
      arose: 1,
      concerned: true,
    })
  })

  it('breaks clause a where a commit does not follow the last one', () => {
    expect(verdict(noLostUpdate, own, [commit(0, 2), commit(2, 4), commit(2, 3)]).violation).toMatchObject({
      clause: 'a',
      witness: [1, 2],
    })
  })

  it('breaks clause b where a cell is written by who has not seen its last value', () => {
    expect(verdict(noLostUpdate, own, [cell(0, 1), cell(1, 2)]).verdict).toBe('valid')
    expect(verdict(noLostUpdate, own, [cell(0, 1), cell(0, 2)]).violation).toMatchObject({
      clause: 'b',
      witness: [0, 1],
    })
  })

  it('concerns no run that wrote alone, and no agent written elsewhere', () => {
    expect(verdict(noLostUpdate, own, [commit(0, 2)])).toMatchObject({ arose: 0, concerned: false })
    expect(verdict(noLostUpdate, foreign, [commit(0, 2), commit(0, 2)])).toMatchObject({ concerned: false })
  })
})

describe('single-writer', () => {
  it('holds where who was replaced is refused, and where others only look', () => {
    const history = [opened(0, 1), commit(0, 2), opened(2, 2), looked(2, 2), refused(2, 'fenced'), commit(2, 3, 2)]
    expect(verdict(singleWriter, own, history)).toMatchObject({ verdict: 'valid', arose: 1, concerned: true })
  })

  it('breaks clause a where two get one epoch', () => {
    expect(verdict(singleWriter, own, [opened(0, 1), opened(0, 1)]).violation).toMatchObject({
      clause: 'a',
      witness: [0, 1],
    })
  })

  it('breaks clause b where who was replaced writes on', () => {
    expect(verdict(singleWriter, own, [opened(0, 1), opened(0, 2), commit(0, 1, 1)]).violation).toMatchObject({
      clause: 'b',
      witness: [1, 2],
    })
  })

  it('concerns no run that nobody replaced', () => {
    expect(verdict(singleWriter, own, [opened(0, 1), refused(0, 'conflict')])).toMatchObject({ concerned: false })
  })
})
