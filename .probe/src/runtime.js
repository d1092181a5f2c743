/** The entry `stormproof/runtime`: durable agents on real time, without the simulator. */
import { runSession } from './agent/run-session.js';
import { systemClock } from './platform/system-clock.js';
import { systemRandom } from './platform/system-random.js';
export { defineAgent } from './agent/agent.js';
export { Fenced } from './agent/fenced.js';
export { defineTool } from './agent/tool.js';
export { ToolFailure } from './core/tool.js';
export { fileStore } from './platform/file-store.js';
/**
 * Starts, or resumes: the same call, with the same session. A session whose run has ended gives its result again and
 * does nothing. Rejects with `Fenced` when another process runs the session, with the store's error when it stays away.
 */
export function runAgent(agent, options) {
    const { session, prompt, model, store } = options;
    return runSession(agent, { session, prompt }, { clock: systemClock(), random: systemRandom(), store, model });
}
