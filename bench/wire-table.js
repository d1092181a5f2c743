/** What each SDK's agent did under each fault on the wire, as a table: `npm run wire-table`, after `npm run test:sdk`. Nothing in it is written by hand. */

import { readdirSync, writeFileSync } from 'node:fs'
import { replaySource } from '../dist/src/explore/replay-source.js'
import { runTrial } from '../dist/src/scenario/run-trial.js'
import { folder, loadModule, loadScenario } from './scenario.js'

const { heading, wireLines } = await loadModule('bench/wire-trials.ts')
const table = [`| ${heading.join(' | ')} |`, `|${heading.map(() => '---').join('|')}|`]
for (const file of readdirSync(`${folder}/sdk/scenarios`).filter((name) => /^(?!native-).*\.scenario\.ts$/.test(name)))
  table.push(...(await wireLines(await loadScenario(`sdk/scenarios/${file}`), { runTrial, replaySource })))
const note = `Written by \`npm run wire-table\`. Each row is one trial with that one fault, in simulated time, judged by all checks.
Node's own fetch gives up on a body after 300 s without a byte, here as there; one kept open by pings is beyond its reach.`
writeFileSync(
  `${folder}/docs/wire-table.md`,
  `# Agents on SDKs under faults on the wire\n\n${note}\n\n${table.join('\n')}\n`,
)
console.log(table.join('\n'))
process.exit(0)
