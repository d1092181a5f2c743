import { describe, expect, it } from 'vitest'
import { memoryOrder } from '../../../../src/check/invariant/memory-order.js'
import type { MemoryItem, ReadItem } from '../../../../src/core/memory.js'
import { batchCommit, type Draft, happened, own, prompted, user, verdict } from '../history-of.js'

const item = (version: number, fill: Partial<MemoryItem> = {}): MemoryItem => ({
  ...{ id: `m${version}`, version, tier: 'episodic', kind: 'observation', text: `text ${version}` },
  ...{ importance: 0.5, trust: 'untrusted', sources: ['t1.c0'], at: 7 },
  ...fill,
})
const readItem = (version: number, fill: Partial<ReadItem> = {}): ReadItem => {
  return { id: `m${version}`, version, origin: 'session', trust: 'untrusted', ...fill }
}
const written = (...items: readonly MemoryItem[]): Draft => happened('memory-written', { turn: 1, items })
const read = (through: number, ...items: readonly ReadItem[]): Draft =>
  happened('memory-read', { turn: 2, items, through })
const committed = batchCommit(1, ['ok'])
const broken = (...drafts: readonly Draft[]) => verdict(memoryOrder, own, drafts).violation

describe('memory-order', () => {
  it('holds where items of one instant are read, and shown, in the order of their commits', () => {
    const notes = prompted(2, [user, { role: 'user', text: 'text 1\ntext 2' }])
    const found = verdict(memoryOrder, own, [
      committed,
      written(item(1), item(2)),
      read(2, readItem(1), readItem(2)),
      notes,
    ])
    expect(found).toMatchObject({ verdict: 'valid', arose: 2, concerned: true })
  })

  it('breaks clause a for any other order, in what is read or in what is shown', () => {
    const both = [committed, written(item(1), item(2))]
    expect(broken(...both, read(2, readItem(2), readItem(1)))).toMatchObject({ clause: 'a', witness: [1, 2] })
    const wrong = prompted(2, [user, { role: 'user', text: 'text 2\ntext 1' }])
    expect(broken(...both, read(2, readItem(1), readItem(2)), wrong)).toMatchObject({ clause: 'a' })
    expect(broken(committed, written(item(2), item(1)))).toMatchObject({ clause: 'a' })
    const stored = [readItem(2, { origin: 'store', text: 'b' }), readItem(1, { origin: 'store', text: 'a' })]
    expect(broken(read(0, ...stored))).toMatchObject({ clause: 'a' })
    expect(broken(committed, written(item(1)), read(1, stored[0] as ReadItem, readItem(1)))).toBeUndefined()
  })

  it('seed-162: breaks clause b for memory before its commit, and for a read that misses some', () => {
    expect(broken(written(item(1)))).toMatchObject({ clause: 'b' })
    expect(broken(committed, written(item(1)), read(0))).toMatchObject({ clause: 'b' })
  })

  it('seed-161: breaks clause c for a conclusion without sources, or one trusted more than they are', () => {
    const base = [committed, written(item(1))]
    const conclusion = (fill: Partial<MemoryItem>): Draft =>
      written(item(2, { kind: 'reflection', sources: ['m1'], ...fill }))
    expect(broken(...base, conclusion({}))).toBeUndefined()
    expect(broken(...base, conclusion({ sources: [] }))).toMatchObject({ clause: 'c' })
    expect(broken(...base, conclusion({ sources: ['m9'] }))).toMatchObject({ clause: 'c' })
    expect(broken(...base, conclusion({ trust: 'trusted' }))).toMatchObject({ clause: 'c' })
  })

  it('breaks clause d for a memory taken for its own that the session never wrote', () => {
    const others = { id: 's/t1.c0/m1', text: 'text 9' }
    expect(broken(read(0, readItem(9, { ...others, origin: 'store' })))).toBeUndefined()
    expect(broken(read(0, readItem(9, others)))).toMatchObject({ clause: 'd', witness: [0] })
  })

  it('does not concern an agent without memory', () => {
    expect(verdict(memoryOrder, own, [committed])).toMatchObject({ arose: 0, concerned: false })
  })
})
