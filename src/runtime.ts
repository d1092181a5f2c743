/** The entry `stormproof/runtime`: durable agents on real time, without the simulator. */

import type { Agent } from './agent/agent.js'
import { type RunResult, runSession } from './agent/run-session.js'
import type { Model } from './core/model.js'
import type { Store } from './core/store.js'
import { systemClock } from './platform/system-clock.js'
import { systemRandom } from './platform/system-random.js'

export { type Agent, defineAgent } from './agent/agent.js'
export { Fenced } from './agent/fenced.js'
export type { RunResult } from './agent/run-session.js'
export { defineTool, type Tool } from './agent/tool.js'
export type { Model } from './core/model.js'
export type { Store } from './core/store.js'
export { ToolFailure } from './core/tool.js'
export { fileStore } from './platform/file-store.js'

/**
 * Starts, or resumes: the same call, with the same session. A session whose run has ended gives its result again and
 * does nothing. Rejects with `Fenced` when another process runs the session, with the store's error when it stays away.
 */
export function runAgent<T>(
  agent: Agent<T>,
  options: { session: string; prompt: string; model: Model; store: Store },
): Promise<RunResult> {
  const { session, prompt, model, store } = options
  return runSession(agent, { session, prompt }, { clock: systemClock(), random: systemRandom(), store, model })
}
