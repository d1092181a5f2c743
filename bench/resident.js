/** Child of `memory.js`: runs trials and watches the resident set of its process. */

import { tell } from './child.js'
import { stormsOf } from './scenario.js'

const megabyte = 1024 * 1024
const settled = 1_000
const lookEvery = 500

const [file, preset, count] = process.argv.slice(2)
const { trial } = await stormsOf(file, preset)
const resident = () => process.memoryUsage.rss() / megabyte
let first = 0
let most = 0
for (let index = 1; index <= Number(count); index++) {
  await trial(index)
  if (index === settled) first = resident()
  if (index >= settled && index % lookEvery === 0) most = Math.max(most, resident())
}
tell({ first, last: resident(), most })
