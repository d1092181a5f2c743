/** One suite for every store, the simulated one included: what the simulation assumes is what a server does. */

import { afterAll, describe, it } from 'vitest'
import { cellCases } from './cell-cases.js'
import { closePglite, kinds } from './kinds.js'
import { suits } from './lab.js'
import { logCases } from './log-cases.js'

afterAll(closePglite)

describe.each(kinds)('a store in $name', (kind) => {
  const cases = [...logCases, ...cellCases].filter((one) => suits(kind, one))
  it.each(cases)('$name', (one) => kind.judge(one))
})
