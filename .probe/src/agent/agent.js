/** An agent: instructions, tools and bounds, as plain data. */
import { StormproofError } from '../core/error.js';
import { defaultBreaker, defaultLimits, defaultRetry, modelTimeoutMs } from './defaults.js';
import { toolSpec } from './tool.js';
/** Defines an agent. Throws a `config` error for tools of one name and for limits that are no whole numbers. */
export function defineAgent(agent) {
    const limits = { ...defaultLimits, ...agent.limits };
    atLeast('turns', limits.turns, 1);
    atLeast('timeMs', limits.timeMs, 0);
    if (limits.tokens !== undefined)
        atLeast('tokens', limits.tokens, 0);
    return {
        name: agent.name,
        instructions: agent.instructions,
        ...withNames(agent.tools),
        limits,
        saga: agent.saga ?? false,
        retry: { ...defaultRetry, attempts: limits.attempts },
        breaker: defaultBreaker,
        modelTimeoutMs,
        parts: {},
    };
}
/** The same agent with every tool replaced: how a simulator puts itself between the runtime and a tool. */
export function wrapTools(agent, wrap) {
    return { ...agent, ...withNames(agent.tools.map(wrap)) };
}
/** The same agent with some of its decisions replaced. */
export function withParts(agent, parts) {
    return { ...agent, parts: { ...agent.parts, ...parts } };
}
/** The tool of that name, if the agent has one. */
export function toolNamed(agent, name) {
    return agent['~tools'][name];
}
function withNames(tools) {
    const byName = Object.create(null);
    for (const tool of tools) {
        if (byName[tool.name]) {
            throw new StormproofError('config', `two tools are named ${tool.name}`, { remedy: 'give each its own name' });
        }
        byName[tool.name] = tool;
    }
    const specs = tools.map(toolSpec).sort((one, other) => (one.name < other.name ? -1 : 1));
    return { '~tools': byName, tools, specs };
}
function atLeast(name, value, least) {
    if (Number.isSafeInteger(value) && value >= least)
        return;
    throw new StormproofError('config', `limits.${name} must be a whole number from ${least}, not ${value}`, {
        remedy: 'correct the limit, or leave it out for its default',
    });
}
