/** Entry of a worker process: puts the world under the agent before it loads, loads scenarios, and runs trials on request. */

import { join } from 'node:path'
import { installShims } from '../box/install.js'
import { maskKeys } from '../box/keys.js'
import { real } from '../box/real.js'
import type { Hands } from '../explore/hands.js'
import { localHands } from '../explore/local-hands.js'
import { serve } from '../explore/serve.js'
import { isScenario, type Scenario, scenarioOf } from '../scenario/define-scenario.js'
import { runTrial } from '../scenario/run-trial.js'
import { scenarioNamed, withFreshCopies } from './fresh-copies.js'
import { copyLoader, moduleLoader } from './load-module.js'
import { loadScenarios } from './load-scenarios.js'
import { checkCopyable } from './native-modules.js'
import { ownModules } from './own-modules.js'
import { sourceLine } from './source-line.js'
import { limitedTo } from './time-limit.js'
import type { FromWorker, LoadOrder, ToWorker } from './worker-message.js'

const send = process.send?.bind(process)
const tell = (message: FromWorker): void => void send?.(message)

let hands: Hands | undefined
let last: Promise<unknown> = Promise.resolve()

process.on('message', (message: ToWorker) => {
  if (message.kind === 'ping') return tell({ kind: 'pong' })
  if (message.kind === 'load') last = last.then(() => load(message)).catch(fail)
  if (message.kind === 'request') {
    // One after the other: interleaved trials gain little, and blame for a hang would be anybody's.
    last = last
      .then(async () => hands && tell({ kind: 'answer', answer: await serve(hands, message.request) }))
      .catch(fail)
  }
})
// The command line decides when a campaign ends; Ctrl-C reaches the whole group of processes.
process.on('SIGINT', () => {})
process.on('disconnect', () => real.exit(0))

async function load(order: LoadOrder): Promise<void> {
  installShims()
  maskKeys()
  const own = await ownModules()
  tell({ kind: 'up' })
  const { files, troubles } = await loadScenarios<Scenario>(
    order.folder,
    order.files,
    moduleLoader(order.folder, own),
    isScenario,
  )
  const loadCopy = copyLoader(order.folder, own)
  const home = new Map(files.flatMap(({ file, scenarios }) => scenarios.map(({ name }) => [name, file])))
  const copy = async (name: string): Promise<Scenario> =>
    scenarioNamed(await loadCopy(join(order.folder, home.get(name) ?? '')), name, isScenario)
  hands = localHands(
    files.flatMap((file) => file.scenarios),
    sourceLine,
    withFreshCopies(timed(order), copy, (name) => checkCopyable(join(order.folder, home.get(name) ?? ''))),
  )
  const scenarios = files.flatMap(({ file, scenarios: inside }) =>
    inside.map((scenario) => {
      const { name, breaks, preset } = scenarioOf(scenario)
      return { name, file, breaks, preset }
    }),
  )
  tell({ kind: 'loaded', scenarios, troubles })
}

/** In trials of this worker. */
function timed({ checkLimitMs }: LoadOrder): typeof runTrial {
  if (checkLimitMs === undefined) return runTrial
  const limit = limitedTo(checkLimitMs)
  return (scenario, options) => runTrial(scenario, { ...options, limit })
}

function fail(error: unknown): void {
  real.writeError(`${error instanceof Error ? error.stack : String(error)}\n`)
  real.exit(70)
}
