/**
 * Hunts every reported bug of the corpus by a campaign and prints how soon each is caught and how small it is shrunk:
 * `npm run corpus`, `npm run corpus -- <id> …`. Ends with 1 when the corpus as a whole falls short of what is asked of it; with 2
 * for an id that no case has.
 */

import { sources } from './sources.js'

const { cases, inexpressible } = await sources('test/corpus/cases.ts')
const { corpusSum, hunted, huntedLine } = await sources('test/corpus/hunted.ts')

const ids = process.argv.slice(2)
const strange = ids.find((id) => !cases.some((one) => one.id === id))
if (strange !== undefined) {
  console.error(` ✗ no case has the id ${JSON.stringify(strange)}`)
  process.exit(2)
}

// An agent that a trial has left behind may still have something to say.
console.log = () => {}
const out = (line) => process.stdout.write(`${line}\n`)

const all = []
for (const one of cases) {
  if (ids.length > 0 && !ids.includes(one.id)) continue
  const prey = await hunted(one)
  all.push(prey)
  out(huntedLine(prey))
}
out('')
for (const [holds, text] of corpusSum(all)) {
  out(` ${holds ? '✓' : '✗'} ${text}`)
  if (!holds) process.exitCode = 1
}
for (const [id, why] of Object.entries(inexpressible)) out(` · ${id} is not put back: ${why}`)
