/**
 * Prints every system with the tests and scenarios that cover it: `npm run systems`, `npm run systems -- --markdown`. Ends with 1
 * when one is covered by nothing, with 2 when it is asked for something else.
 */

import { createJiti } from 'jiti'

const flags = process.argv.slice(2)
const strange = flags.find((flag) => flag !== '--markdown')
if (strange !== undefined) {
  console.error(` ✗ there is no ${strange}; there is --markdown`)
  process.exit(2)
}

const jiti = createJiti(import.meta.url, { fsCache: false })
const { ownCoverage, systemsTable } = await jiti.import('../test/systems/systems-table.ts')
const coverage = ownCoverage()
process.stdout.write(systemsTable(coverage, flags.length > 0 ? 'markdown' : 'terminal'))
if (coverage.wrongs.length > 0) process.exitCode = 1
