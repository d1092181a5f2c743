import { describe, expect, it } from 'vitest';
import { withParts, wrapTools } from '../../../src/agent/agent.js';
import { resultOf } from '../../../src/agent/batch-end.js';
import { defaultParts } from '../../../src/agent/parts.js';
import { ToolFailure } from '../../../src/core/tool.js';
import { agentOf, calls, say, World } from './small-world.js';
/** Runs one order with one part replaced. */
async function runWith(parts, build = (world) => agentOf([world.tool('slow', { answer: () => 900 }), world.tool('fast')]), ...turns) {
    const world = new World();
    const script = turns.length > 0 ? turns : [calls('slow A', 'fast B'), say('done')];
    const result = await world.run(withParts(build(world), parts), world.model(...script));
    const results = (await world.logged('batch-commit')).map((event) => event.results.map(({ call }) => call));
    return { world, result, results };
}
/** A write whose answers never come in time. */
const mute = (world) => agentOf([world.tool('mail', { idempotency: 'none', answer: () => 40_000 })]);
describe('one replaced part makes', () => {
    it('completion-order-results', async () => {
        const { results } = await runWith({
            resultsOf: (batch, render) => batch.settled.map((call) => resultOf(call, render)),
        });
        expect(results).toEqual([['t1.c1', 't1.c0']]);
    });
    it('results-keyed-by-foreign-id', async () => {
        const resultsOf = (batch, render) => {
            const byId = new Map(batch.calls.map((call) => [call.proposed.id, resultOf(call, render)]));
            return batch.calls.map((call) => ({ ...byId.get(call.proposed.id), id: call.intent.id }));
        };
        const same = {
            ...calls('slow A', 'fast B'),
            calls: calls('slow A', 'fast B').calls.map((call) => ({ ...call, id: 'x' })),
        };
        const { results } = await runWith({ resultsOf }, undefined, same, say('done'));
        expect(results).toEqual([['t1.c1', 't1.c1']]);
    });
    it('commit-per-result', async () => {
        const { results, world } = await runWith({
            batchDone: (batch) => batch.settled.length > 0,
            resultsOf: (batch, render) => batch.settled.map((call) => resultOf(call, render)),
        });
        expect(results).toEqual([['t1.c1']]);
        expect(world.prompts).toHaveLength(2);
    });
    it('no-drain-on-error', async () => {
        const batchDone = (batch) => defaultParts.batchDone(batch) || batch.settled.some((call) => call.outcome !== 'ok');
        const refusal = new ToolFailure('no', { retry: 'never' });
        const build = (world) => agentOf([world.tool('slow', { answer: () => 20_000 }), world.tool('bad', { answer: () => refusal })]);
        const { world } = await runWith({ batchDone }, build, calls('bad A', 'slow B'), say('done'));
        expect(world.timers).toBeGreaterThan(0);
    });
    it('key-per-attempt', async () => {
        const build = (world) => agentOf([world.tool('pay', { answer: (attempt) => (attempt === 1 ? 40_000 : 9) })]);
        const attemptKey = (intent, attempt) => `${intent.key}/${attempt}`;
        const { world } = await runWith({ attemptKey }, build, calls('pay A'), say('done'));
        expect(world.effects).toHaveLength(2);
    });
    it('reissue-not-matched', async () => {
        const build = (world) => ({
            ...agentOf([world.tool('pay', { answer: () => 40_000 })]),
            breaker: { failures: 9, resetMs: 1 },
        });
        const { world } = await runWith({ matchIntent: () => undefined }, build, calls('pay A'), calls('pay A'), say('done'));
        expect(world.effects).toHaveLength(2);
    });
    it('timeout-means-failed', async () => {
        const outcomeOf = (ending, tool) => {
            const outcome = defaultParts.outcomeOf(ending, tool);
            return outcome.kind === 'unknown' ? { ...outcome, kind: 'failed' } : outcome;
        };
        const { result } = await runWith({ outcomeOf }, mute, calls('mail A'), say('done'));
        expect(result).toMatchObject({ status: 'completed' });
    });
    it('failure-finalised-as-completed', async () => {
        const conclude = (state, cause) => ({
            ...defaultParts.conclude(state, cause),
            status: 'completed',
        });
        const { result } = await runWith({ conclude }, mute, calls('mail A'), say('done'));
        expect(result).toMatchObject({ status: 'completed' });
    });
    it('late-result-into-context', async () => {
        const takeLate = (state, _call, event) => {
            state.messages.push({ role: 'user', text: JSON.stringify(event.value) });
        };
        const build = (world) => agentOf([world.tool('mail', { idempotency: 'none', answer: () => 30_500 }), world.tool('look')]);
        const { world } = await runWith({ takeLate }, build, calls('mail A'), calls('look B'), say('done'));
        expect(JSON.stringify(world.prompts.at(-1))).toContain('mail A');
    });
    it('register-after-success', async () => {
        const build = (world) => agentOf([world.tool('pay', { isUndoable: true, answer: () => new Error('lost') })], { saga: true });
        const { world } = await runWith({ registersAt: (moment) => moment === 'after-ok' }, build, calls('pay A'), say('done'));
        expect(world.effects.map((effect) => effect.name)).toEqual(['pay']);
    });
    it('retry-everything', async () => {
        const build = (world) => {
            const pay = world.tool('pay');
            return agentOf([
                { ...pay, execute: async (input, context) => ({ no: await pay.execute(input, context) }) },
            ]);
        };
        const { world } = await runWith({ retryable: () => true }, build, calls('pay A'), say('done'));
        expect(world.requests).toHaveLength(3);
    });
    it('loop-exits-one-early', async () => {
        const build = (world) => agentOf([world.tool('look')], { limits: { turns: 3 } });
        const { world } = await runWith({ turnBudget: ({ turns }) => turns - 1 }, build, calls('look A'), calls('look B'));
        expect(world.prompts).toHaveLength(2);
    });
    it('save-at-end', async () => {
        const world = new World();
        const writesNow = (events) => events.some((event) => event.type === 'run-end');
        world.fault = { at: 5, how: 'crash-before' };
        const agent = withParts(agentOf([world.tool('pay')]), { writesNow });
        expect(await world.run(agent, world.model(calls('pay A'), calls('pay B'), calls('pay C'), say('done')))).toBe('dead');
        expect(await world.log()).toEqual([]);
        expect(await world.run(agent, world.model(calls('pay A'), say('done')))).toMatchObject({ status: 'completed' });
    });
    it('resume-ignores-settled', async () => {
        const world = new World();
        const recall = (events) => events.filter(({ type }) => type !== 'call-settled' && !type.startsWith('attempt') && type !== 'batch-commit');
        const agent = withParts(agentOf([world.tool('pay', { idempotency: 'none' })]), { recall });
        world.fault = { at: 9, how: 'crash-after' };
        const model = world.model(calls('pay A'), calls('pay B'), say('done'));
        expect(await world.run(agent, model)).toBe('dead');
        await world.run(agent, model);
        const inputs = world.effects.map((effect) => effect.input.id);
        expect(inputs.filter((id) => id === 'A')).toHaveLength(2);
    });
});
it('wrapped tools stand between the runtime and the tool', async () => {
    const world = new World();
    const seen = [];
    const agent = wrapTools(agentOf([world.tool('look')]), (tool) => ({
        ...tool,
        execute: (input, context) => {
            seen.push(`${context.call}/a${context.attempt}`);
            return tool.execute(input, context);
        },
    }));
    await world.run(agent, world.model(calls('look A'), say('done')));
    expect(seen).toEqual(['t1.c0/a1']);
});
