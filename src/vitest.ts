/** `stormproof/vitest`: the plugin, and scenarios and tools as tests. */

import { fileURLToPath } from 'node:url'
import { rememberFailures } from './vitest/last-failure.js'

export type { ToolOptions } from './tooltest/options.js'
export { type StormproofReporter, type StormproofReporterOptions, stormproofReporter } from './vitest/reporter.js'
export { type SimTestOptions, simTest } from './vitest/sim-test.js'
export { toolTest } from './vitest/tool-test.js'

/** As much of a vitest configuration as the plugin touches. */
export interface SetUpConfig {
  test?: { setupFiles?: string | string[]; sequence?: object }
}

/** What the plugin hands to vitest. */
export interface StormproofPlugin {
  readonly name: 'stormproof'
  config(config: SetUpConfig): void
  configureVitest(context: { readonly vitest: { readonly config: { readonly watch?: boolean } } }): void
}

/**
 * The vitest plugin: `plugins: [stormproof()]`. Puts the world's clock, chance and network under the agent before it loads. In watch
 * mode each run begins with what failed in the one before.
 */
export default function stormproof(): StormproofPlugin {
  const ending = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  const setup = fileURLToPath(new URL(`./vitest/setup.${ending}`, import.meta.url))
  return {
    name: 'stormproof',
    config: (config) => putFirst(config, setup),
    configureVitest({ vitest }) {
      if (vitest.config.watch) rememberFailures()
    },
  }
}

/** What a plugin returns is merged behind the user's own, and they all load at once: a client they make would be a real one. */
function putFirst(config: SetUpConfig, setup: string): void {
  const others = config.test?.setupFiles ?? []
  config.test = {
    ...config.test,
    setupFiles: [setup, ...(typeof others === 'string' ? [others] : others)],
    sequence: { ...config.test?.sequence, setupFiles: 'list' },
  }
}
