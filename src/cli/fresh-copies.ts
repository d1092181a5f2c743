/** Trials in fresh copies of the user's modules: for scenarios that ask for it (`isolate`), and to show what outlives a trial. */

import { StormproofError } from '../core/error.js'
import type { RunTrial } from '../explore/trial-port.js'
import { simplest } from '../kernel/source.js'
import { type Scenario, scenarioOf } from '../scenario/define-scenario.js'

/**
 * `copy` loads the file of a scenario anew and returns the scenario of that name in it; `check` throws where that copies too little.
 * What restarts after a crash is a copy too, as a new process would be: whatever its modules kept is gone.
 */
export function withFreshCopies(
  run: RunTrial<Scenario>,
  copy: (name: string) => Promise<Scenario>,
  check: (name: string) => void,
): RunTrial<Scenario> {
  const warm = new Set<string>()
  return async (scenario, options) => {
    const { isolate, restart, name } = scenarioOf(scenario)
    if (!isolate && !options.fresh) return run(scenario, options)
    if (isolate && !warm.has(name)) {
      // The first trial in a process loads packages and fills their caches: it is run and forgotten, with a copy of its own.
      check(name)
      warm.add(name)
      await run(await copy(name), { source: simplest, fresh: true })
    }
    // Loaded before the trial begins: within it, loading would be the agent's own doing.
    const lives = restart ? await copies(() => copy(name), mostRestarts) : []
    return run(await copy(name), { ...options, fresh: true, lives })
  }
}

/** So many restarts of a trial have each a process of their own; those after share the last. */
const mostRestarts = 2

async function copies<T>(make: () => Promise<T>, count: number): Promise<readonly T[]> {
  const made: T[] = []
  for (let at = 0; at < count; at++) made.push(await make())
  return made
}

/** The scenario called `name` among the exports of a module. */
export function scenarioNamed(
  module: Readonly<Record<string, unknown>>,
  name: string,
  isScenario: (value: unknown) => value is Scenario,
): Scenario {
  const found = Object.values(module).find((value): value is Scenario => isScenario(value) && value.name === name)
  if (found) return found
  throw new StormproofError('scenario', `a second load of its file has no scenario ${JSON.stringify(name)}`, {
    remedy: 'let the file export the same scenarios each time it is loaded',
  })
}
