/** Child of `shapes.js`: so many trials of a scenario, one after the other. */

import { tell } from './child.js'
import { stormsOf } from './scenario.js'

const [file, preset, trials] = process.argv.slice(2)
const { trial } = await stormsOf(file, preset)
for (let index = 1; index <= Number(trials); index++) await trial(index)
tell({ trials: Number(trials) })
