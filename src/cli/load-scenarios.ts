/** Scenario files to scenarios. What is wrong with one file is told and does not stop the others. */

import { join } from 'node:path'
import { StormproofError } from '../core/error.js'
import type { LoadModule } from './load-module.js'

/** What the loader must know of a scenario; everything else stays its own. */
interface Named {
  readonly name: string
}

interface LoadedFile<S extends Named> {
  readonly file: string
  readonly scenarios: readonly S[]
}

export interface FileTrouble {
  readonly file: string
  readonly message: string
  readonly remedy: string
}

interface LoadedScenarios<S extends Named> {
  readonly files: readonly LoadedFile<S>[]
  readonly troubles: readonly FileTrouble[]
}

/** Files are relative to `folder`. Shims must stand before this is called: what a module captures while it loads, it keeps. */
export async function loadScenarios<S extends Named>(
  folder: string,
  files: readonly string[],
  load: LoadModule,
  isScenario: (value: unknown) => value is S,
): Promise<LoadedScenarios<S>> {
  const loaded: LoadedFile<S>[] = []
  const troubles: FileTrouble[] = []
  const home = new Map<string, string>()
  for (const file of files) {
    const scenarios: S[] = []
    try {
      for (const scenario of scenariosOf(await load(join(folder, file)), isScenario)) {
        const other = home.get(scenario.name)
        if (other !== undefined)
          throw new StormproofError(
            'scenario',
            `its scenario ${JSON.stringify(scenario.name)} has the name of one in ${other}`,
            { remedy: 'give each its own name: a replay token names one' },
          )
        home.set(scenario.name, file)
        scenarios.push(scenario)
      }
      if (scenarios.length === 0)
        throw new StormproofError('scenario', 'it exports no scenario', {
          remedy: 'export default defineScenario({ … })',
        })
    } catch (error) {
      troubles.push(troubleOf(file, error))
    }
    if (scenarios.length > 0) loaded.push({ file, scenarios })
  }
  return { files: loaded, troubles }
}

/** Every export counts once, under whatever name. */
function scenariosOf<S extends Named>(
  module: Readonly<Record<string, unknown>>,
  isScenario: (value: unknown) => value is S,
): ReadonlySet<S> {
  return new Set(Object.values(module).filter(isScenario))
}

function troubleOf(file: string, error: unknown): FileTrouble {
  const message = error instanceof Error ? error.message : String(error)
  const remedy = error instanceof StormproofError ? error.remedy : firstFrame(error)
  return { file, message, remedy: remedy ?? '' }
}

/** Where it broke, if the stack says so. */
function firstFrame(error: unknown): string | undefined {
  const frame =
    error instanceof Error
      ? error.stack
          ?.split('\n')
          .find((line) => /^\s+at /.test(line) && !line.includes('node_modules') && !line.includes('node:'))
      : undefined
  return frame?.trim()
}
