/** A world with an agent in it, for the tests of the box. */
import { boundary } from '../../../src/box/boundary.js';
import { inhabit } from '../../../src/box/inhabit.js';
import { scopes } from '../../../src/box/scopes.js';
import { simplest } from '../../../src/kernel/source.js';
import { World } from '../../../src/kernel/world.js';
export const epochMs = Date.UTC(2031, 0, 2, 3, 4, 5);
export function emptyWorld() {
    return new World({
        source: simplest,
        scopes,
        boundary,
        epochMs,
        maxSteps: 10_000,
        horizonMs: 600_000,
        budgetMs: 3_600_000,
    });
}
export const scopeOf = (world, lane = 'run', incarnation = 1) => ({
    world,
    incarnation,
    lane,
    call: undefined,
    attempt: undefined,
    deadline: undefined,
});
/** Runs the agent to the end of its world. The world is released when this resolves, so what is left over is dead. */
export async function live(agent, options = {}) {
    const world = options.world ?? emptyWorld();
    const told = { leaks: [], unanswered: [], printed: [], rejections: [], exits: [] };
    const home = inhabit(world, {
        network: () => undefined,
        leaks: 'strict',
        callSites: true,
        onLeak: (leak) => told.leaks.push(leak),
        onUnanswered: (request) => told.unanswered.push(request),
        onConsole: (stream, text) => told.printed.push(`${stream}: ${text}`),
        onRejection: (text) => told.rejections.push(text),
        onExit: (code) => told.exits.push(code),
        ...options,
    });
    const scope = scopeOf(world);
    let value;
    let error;
    const ending = await world.run(scope, () => {
        const root = (async () => agent(world))();
        root.then((answer) => {
            value = answer;
            world.rootSettled();
        }, (reason) => {
            error = reason;
            world.rootSettled();
        });
    });
    home.release();
    return { ...told, world, scope, ending, value, error };
}
/** The answer of an agent that is expected to succeed. */
export async function answerOf(agent, options = {}) {
    const outcome = await live(agent, options);
    if (outcome.error !== undefined)
        throw outcome.error;
    return outcome.value;
}
/** Runs code in a world that is over. */
export async function dead(body) {
    const { scope } = await live(() => undefined);
    return scopes.run(scope, body);
}
/** Whether a promise has settled after a few real turns of the loop. */
export async function settles(promise) {
    let settled = false;
    promise.then(() => (settled = true), () => (settled = true));
    for (let i = 0; i < 5; i++)
        await new Promise((resolve) => boundary(resolve));
    return settled;
}
