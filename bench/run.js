/** Runs the benches, or those named: `npm run bench`, `npm run bench -- speed shrink`. Ends with 1 when a figure is not what we promise. */

import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { workerFlags } from './child.js'

/** `speed`, `shapes`, `sdks` and `workers` start processes with flags of their own. */
const benches = {
  speed: [],
  shapes: [],
  sdks: [],
  workers: [],
  shrink: workerFlags,
  memory: [],
  'long-run': workerFlags,
  judge: workerFlags,
}

const named = process.argv.slice(2)
const unknown = named.filter((name) => !(name in benches))
if (unknown.length > 0) {
  console.error(` ✗ there is no bench ${unknown.join(', ')}; there are ${Object.keys(benches).join(', ')}`)
  process.exit(2)
}

for (const name of named.length > 0 ? named : Object.keys(benches)) {
  console.log(` ${name}`)
  const code = await new Promise((resolve) => {
    const file = fileURLToPath(new URL(`${name}.js`, import.meta.url))
    fork(file, { execArgv: benches[name] }).once('exit', resolve)
  })
  if (code !== 0) process.exitCode = 1
}
