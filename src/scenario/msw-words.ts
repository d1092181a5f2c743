/** Handlers of msw that the user brought along: what goes wrong in them is no answer of any server, and only msw's own words tell of it. */

import type { ScenarioProblem } from '../report/record.js'

const threw = /^\[MSW\] Encountered an unhandled exception during the handler lookup for "([^"]+)"/
const unhandled = /^\[MSW\] Error: intercepted a request without a matching request handler:\s*• (.+)/

/** What msw says with a line that the agent's console got; undefined when it says nothing of the kind. */
export function mswProblem(line: string): ScenarioProblem | undefined {
  const request = threw.exec(line)?.[1]
  if (request !== undefined)
    return {
      kind: 'handler-threw',
      what: `your msw handler for ${request} threw, and your agent got a 500 that no server sent`,
      where: '',
      remedy: 'mend the handler, or answer that host with a backend instead',
    }
  const refused = unhandled.exec(line)?.[1]
  if (refused === undefined) return undefined
  return {
    kind: 'handler-threw',
    what: `your msw server refuses ${refused.trim()}, so it never came to the simulation`,
    where: '',
    remedy: "listen with onUnhandledRequest: 'bypass', or close the server before the simulation",
  }
}
