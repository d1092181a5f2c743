/** `stormproof/vitest`: the plugin, and scenarios as tests. */

import { fileURLToPath } from 'node:url'

export { type SimTestOptions, simTest } from './vitest/sim-test.js'

/** What the plugin hands to vitest. */
export interface StormproofPlugin {
  readonly name: 'stormproof'
  config(): { test: { setupFiles: string[] } }
}

/** The vitest plugin: `plugins: [stormproof()]`. Puts the world's clock, chance and network under the agent before it loads. */
export default function stormproof(): StormproofPlugin {
  const ending = import.meta.url.endsWith('.ts') ? 'ts' : 'js'
  const setup = fileURLToPath(new URL(`./vitest/setup.${ending}`, import.meta.url))
  return { name: 'stormproof', config: () => ({ test: { setupFiles: [setup] } }) }
}
