/** The suite notices a broken adapter, whatever store it stands before: each flaw, on each kind, in the case that is about it. */

import { afterAll, describe, expect, it } from 'vitest'
import { cellCases } from './cell-cases.js'
import { flaws } from './flaws.js'
import { closePglite, kinds } from './kinds.js'
import { suits } from './lab.js'
import { logCases } from './log-cases.js'

afterAll(closePglite)

const cases = [...logCases, ...cellCases]

describe.each(kinds)('a broken adapter of a store in $name', (kind) => {
  const planted = Object.entries(flaws).filter(([, one]) => suits(kind, one))
  it.each(planted)('is found: %s', async (_name, { flaw, noticed }) => {
    const about = cases.filter(({ name }) => name.includes(noticed))
    expect(about).toHaveLength(1)
    // It is the flaw that is noticed: without it the same case is kept.
    await kind.judge(about[0]!)
    await expect(kind.judge(about[0]!, flaw)).rejects.toThrow()
  })
})
