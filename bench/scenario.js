/** Scenario files as the command line loads them: shims first, then the TypeScript as it stands, by jiti. */

import { fileURLToPath } from 'node:url'
import { installShims } from '../dist/src/box/install.js'
import { maskKeys } from '../dist/src/box/keys.js'
import { moduleLoader } from '../dist/src/cli/load-module.js'
import { ownModules } from '../dist/src/cli/own-modules.js'
import { presetOf } from '../dist/src/explore/preset.js'
import { openSource, stormJob } from '../dist/src/explore/source-spec.js'
import { simplest } from '../dist/src/kernel/source.js'
import { runTrial } from '../dist/src/scenario/run-trial.js'

export const folder = fileURLToPath(new URL('..', import.meta.url))

/** Relative to the package: `scenarios/travel.scenario.ts`. */
export const loadScenario = async (file) => (await loadModule(file)).default

export async function loadModule(file) {
  installShims()
  maskKeys()
  const load = moduleLoader(folder, await ownModules())
  return load(`${folder}/${file}`)
}

/** `trial(index)` runs storm `index` of seed 1 and answers its result, every check on. */
export async function stormsOf(file, presetName) {
  const scenario = await loadScenario(file)
  const preset = presetOf(presetName)
  const calm = await runTrial(scenario, { source: simplest, calm: true, keepGoing: true })
  const { intended } = calm.facts
  const trial = (index) => {
    const source = openSource(scenario.name, stormJob('1', preset, index))
    return runTrial(scenario, { source, intended })
  }
  return { scenario, calm, trial }
}
