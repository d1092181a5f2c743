/** What code took from Node before the shims were there: it is real for ever, and told by who calls what in a stack. */

import { throwSite } from './call-site.js'

export const takenEarlyRemedy =
  'load stormproof before your agent: `node --import stormproof/register`, or the vitest plugin; or make the client inside `run`'

export const takenEarly = (what: string): string => `a real ${what}, taken before stormproof was registered`

const undici = 'node:internal/deps/undici'

/** Node's own `fetch`: nothing else of Node's goes to the network by this way, but for what it calls by its name. */
export const isRealFetch = (stack: string): boolean => stack.includes(undici) && !/WebSocket|EventSource/.test(stack)

const timerFrame = /^\s+at (?:\w+\.)?(setTimeout|setInterval)(?: \[as \w+\])? \(node:timers/
/** Packages that run and load the agent rather than belong to it have timers of their own. */
const harness = /\/node_modules\/(?:vitest|@vitest|vite|vite-node|birpc|jiti|tsx|msw|@mswjs)\//

/** The timer function that somebody called who is neither Node nor a harness nor ours, and where. */
export function realTimer(stack: string): { readonly name: string; readonly where: string } | undefined {
  const lines = stack.split('\n')
  const at = lines.findIndex((line) => timerFrame.test(line))
  const caller = lines[at + 1]
  if (at < 0 || caller === undefined || caller.includes('node:') || harness.test(caller)) return undefined
  const where = throwSite(lines.slice(at + 1).join('\n'))
  if (where === '' && !caller.includes('/node_modules/')) return undefined
  return { name: timerFrame.exec(lines[at] as string)?.[1] as string, where }
}
