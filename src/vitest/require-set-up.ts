/** Tests of a simulated world refuse to run where its time and network are not the world's. */

import { vi } from 'vitest'
import { StormproofError } from '../core/error.js'
import { isSetUp } from './set-up.js'

/** Throws a `usage` error where the plugin is missing or timers are faked. `who`: the function that needs it. */
export function requireSetUp(who: 'simTest' | 'toolTest'): void {
  if (!isSetUp())
    throw new StormproofError(
      'usage',
      `${who} needs the stormproof plugin: without it the agent would meet the real clock and network`,
      {
        remedy:
          "vitest.config.ts: import stormproof from 'stormproof/vitest'; export default defineConfig({ plugins: [stormproof()] })",
      },
    )
  if (vi.isFakeTimers())
    throw new StormproofError('usage', `${who} cannot run under fake timers: time is simulated already`, {
      remedy: 'call vi.useRealTimers() before it',
    })
}
