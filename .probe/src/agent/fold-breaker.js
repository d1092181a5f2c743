/** What the log says of the breakers: one a tool, counted by attempts. */
import { closedBreaker, healthOf } from '../resilience/breaker.js';
/** Breakers are kept under `tool/<name>`. */
export const breakerKey = (tool) => `tool/${tool}`;
export const breakerOf = (state, tool) => state.breakers.get(breakerKey(tool)) ?? closedBreaker;
/** The name under which a breaker knows an attempt. */
export const attemptName = (call, attempt) => `${call}/a${attempt}`;
/** An attempt started: while half-open it is the probe. */
export function startedUnder(state, call) {
    const breaker = breakerOf(state, call.intent.tool);
    call.generation = breaker.generation;
    if (breaker.kind !== 'half-open' || breaker.probe !== undefined)
        return;
    const probe = attemptName(call.intent.call, call.attempts);
    state.breakers.set(breakerKey(call.intent.tool), { ...breaker, probe });
}
/** An attempt ended. A move it causes is an event of its own: what stays here is the count and the probe's place. */
export function countAttempt(state, call, { agent, parts }) {
    if (!call.last)
        return;
    const { tool, call: path } = call.intent;
    const breaker = breakerOf(state, tool);
    const ended = {
        attempt: attemptName(path, call.attempts),
        generation: call.generation,
        health: healthOf(call.last),
    };
    const next = parts.countAttempt(agent.breaker, breaker, ended, breaker.openedAt);
    if (next.kind === breaker.kind && next !== breaker)
        state.breakers.set(breakerKey(tool), next);
}
export function moveBreaker(state, event) {
    const generation = (state.breakers.get(event.key) ?? closedBreaker).generation + 1;
    const openedAt = event.to === 'open' ? event.at : 0;
    state.breakers.set(event.key, { kind: event.to, failures: event.failures, openedAt, generation, probe: undefined });
}
