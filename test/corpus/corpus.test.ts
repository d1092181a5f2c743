import { describe, expect, it } from 'vitest'
import { reportedBugs } from '../../src/check/reported/registry.js'
import { replay } from '../mutant/hunt.js'
import { brokenOf, soundOf } from './case.js'
import { cases, inexpressible } from './cases.js'
import { page } from './page.js'

const bugOf = (id: string) => reportedBugs.find((bug) => bug.id === id)

describe.each(cases)('$id on $mutant', (one) => {
  it('breaks what the bug breaks, by its schedule alone', async () => {
    const { violations, decisions } = await replay(brokenOf(one), one.schedule)
    expect(violations.map(({ invariant }) => invariant)).toEqual(expect.arrayContaining([...bugOf(one.id)!.breaks]))
    const taken = decisions.map(({ label, alternative }) => [label, alternative])
    expect(taken).toEqual(one.schedule)
  })

  it('the right runtime keeps every promise under it', async () => {
    expect((await replay(soundOf(one), one.schedule)).violations).toEqual([])
  })
})

it('every reported bug is replayed, or it is said why it cannot be', () => {
  const told = [...cases.map(({ id }) => id), ...Object.keys(inexpressible)].sort()
  expect(told).toEqual(reportedBugs.map(({ id }) => id).sort())
  expect(new Set(told).size).toBe(told.length)
})

it('nine schedules in ten have three decisions at most', () => {
  const small = cases.filter(({ schedule }) => schedule.length <= 3)
  expect(small.length).toBeGreaterThanOrEqual(cases.length * 0.9)
})

it('the page tells of all of them', async () => {
  await expect(page()).toMatchFileSnapshot('../../docs/corpus.md')
})
