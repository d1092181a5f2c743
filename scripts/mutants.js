/**
 * Hunts every mutant with every invariant it names and prints the matrix: `npm run mutants`, `npm run mutants -- <name> …`. Ends
 * with 1 when one lives, or an invariant kills none; with 2 for a name that no mutant has.
 */

import { sources } from './sources.js'

const { mutants } = await sources('src/mutant/registry.ts')
const { isTight, matrixHead, matrixLines, matrixSum, rowOf } = await sources('test/mutant/matrix.ts')

const names = process.argv.slice(2)
const strange = names.find((name) => !mutants.some((mutant) => mutant.name === name))
if (strange !== undefined) {
  console.error(` ✗ there is no mutant ${JSON.stringify(strange)}`)
  process.exit(2)
}

let draws = 0
const ambient = (bound) => draws++ % bound

// An agent that a trial has left behind may still have something to say.
console.log = () => {}
const out = (line) => process.stdout.write(`${line}\n`)

out(matrixHead())
const rows = []
for (const mutant of mutants) {
  if (names.length > 0 && !names.includes(mutant.name)) continue
  const row = await rowOf(mutant, ambient)
  rows.push(row)
  for (const line of matrixLines(row)) out(line)
}
const isWhole = names.length === 0
out(`\n${matrixSum(rows, isWhole).join('\n')}`)
if (!isTight(rows, isWhole)) process.exitCode = 1
