import { expect, it } from 'vitest';
import { runCampaign } from '../../../src/explore/campaign.js';
import { inProcess } from '../../../src/explore/in-process.js';
import { shopper, shopperLore, toyTrials } from './toy.js';
const campaign = (agent, plan = {}) => runCampaign({
    scenario: { name: 'shop', file: 'shop.scenario.ts', breaks: [] },
    hands: [inProcess([{ name: 'shop' }], toyTrials({ shop: agent }), shopperLore)],
    seed: '1',
    preset: 'stormy',
    trials: 100,
    now: () => 0,
    ...plan,
});
it('an agent that keeps its promises passes, and every storm counts as survived', async () => {
    const record = await campaign(shopper({ keyed: true }));
    expect(record).toMatchObject({ result: 'pass', storms: 100, survived: 100, unknown: 0, calmGoal: true, findings: [] });
    // Three calls of four outcomes, three times, two holds and a store fault; two more statuses after each error.
    expect(record.singles).toBe(3 * (4 + 3 + 2 + 1) + 3 * 2);
    expect(record.doubleRuns).toBe(3);
    expect(record.invariants.map(({ name, group }) => [name, group])).toEqual([
        ['at-most-once-effect', 'tested'],
        ['determinism', 'tested'],
    ]);
    expect(record.faults['tool/timeout-after-effect']?.planned).toBeGreaterThan(0);
});
it('every single fault finds what one fault can break, in its smallest form', async () => {
    const record = await campaign(shopper());
    expect(record.result).toBe('fail');
    expect(record.findings).toMatchObject([
        {
            id: 'F1',
            // A crash after the effect breaks it too, and is lowered to the simpler lost answer.
            signature: 'at-most-once-effect(a) charge: tool/timeout-after-effect',
            decisions: [['shop.charge#t1.c0/a1', 'tool/timeout-after-effect']],
            origin: 'single',
            replays: 3,
        },
    ]);
    const [finding] = record.findings;
    expect(finding?.seen).toBe(record.storms - record.survived);
    expect(finding?.token).toMatch(/^v1\./);
    expect(finding?.says).toBe('An effect happens at most once.');
});
it('without a calm day there is no storm', async () => {
    const record = await campaign((toy) => {
        toy.goal = false;
    });
    expect(record).toMatchObject({ result: 'scenario-error', storms: 0, singles: 0, calmGoal: false });
    expect(record.problems[0]?.kind).toBe('no-calm-day');
});
it('a promise broken on the calm day is a finding that needs nothing', async () => {
    const record = await campaign((toy) => toy.broken('at-most-once-effect'));
    expect(record).toMatchObject({ result: 'fail', survived: 0, storms: 100 });
    expect(record.findings).toMatchObject([{ decisions: [], needs: [], origin: 'calm', seen: 100 }]);
});
it('a declared break is known, and does not fail the scenario', async () => {
    const scenario = { name: 'shop', file: '', breaks: ['at-most-once-effect'] };
    const record = await campaign(shopper(), { scenario });
    expect(record.result).toBe('pass');
    expect(record.findings.every(({ known }) => known)).toBe(true);
    expect(record.findings.length).toBeGreaterThan(0);
});
it('a declared break that nothing broke fails the scenario', async () => {
    const scenario = { name: 'shop', file: '', breaks: ['at-most-once-effect'] };
    const record = await campaign(shopper({ keyed: true }), { scenario });
    expect(record.result).toBe('fail');
    expect(record.problems).toMatchObject([{ kind: 'missing-break' }]);
});
it('looks for five distinct findings, and finishes the rate', async () => {
    const record = await campaign((toy) => {
        const bad = [1, 2, 3, 4, 5, 6, 7, 8].filter((n) => toy.pick(`shop.op#t1.c${n}/a1`, 'outcome', 'ok', `tool/bad-${n}`) !== 'ok');
        if (bad.length > 0)
            toy.broken('promise', 'a', `tool-${bad[0]}`);
    });
    expect(record.findings).toHaveLength(5);
    expect(record.storms).toBe(100);
});
it('an agent that differs from run to run is reported with the first event that differs', async () => {
    let runs = 0;
    const record = await campaign((toy) => {
        toy.note('begin');
        toy.note('x'.repeat(++runs));
    });
    expect(record.result).toBe('nondeterministic');
    expect(record.nondeterminism).toMatchObject({ seq: 1 });
    expect(record.storms).toBe(0);
});
it('an agent that differs in storms only is found by the storms that are run twice', async () => {
    let runs = 0;
    const record = await campaign((toy) => {
        const fault = toy.pick('shop.op#t1.c0/a1', 'data', 'ok', ...Array.from({ length: 99 }, (_, index) => `v${index}`));
        toy.note(fault === 'ok' ? 'calm' : 'x'.repeat(++runs));
    });
    expect(record.nondeterminism?.seed).toBe('1, storm 1');
    expect(record.storms).toBe(1);
});
it('an interrupt ends it between batches with what there is', async () => {
    const controller = new AbortController();
    const record = await campaign(shopper({ keyed: true }), {
        signal: controller.signal,
        onProgress: ({ phase, done }) => {
            if (phase === 'storms' && done === 10)
                controller.abort();
        },
        batch: 4,
    });
    expect(record.result).toBe('interrupted');
    expect(record.storms).toBeGreaterThanOrEqual(10);
    expect(record.storms).toBeLessThan(20);
});
it('a budget of real time stops it between batches', async () => {
    let clock = 0;
    const record = await campaign(shopper({ keyed: true }), {
        now: () => (clock += 10),
        timeMs: 400,
        trials: 100_000,
        batch: 4,
    });
    expect(record.storms).toBeLessThan(1000);
    expect(record.singles).toBeGreaterThan(0);
});
it('a promise that concerns the agent and never arose keeps the scenario from passing', async () => {
    const record = await campaign((toy) => {
        Object.assign(toy.arose, { promise: 0 });
    });
    expect(record.result).toBe('inconclusive');
    expect(record.invariants.find(({ name }) => name === 'promise')?.group).toBe('never-arose');
});
it('kept repros run first and are counted apart', async () => {
    const kept = [['shop.charge#t1.c2/a1', 'tool/timeout-after-effect']];
    const record = await campaign(shopper(), { repros: [kept] });
    expect(record.kept).toBe(1);
    expect(record.findings[0]).toMatchObject({ origin: 'kept', decisions: kept });
});
it('a problem of the scenario met in a storm is an error of the scenario, once', async () => {
    const record = await campaign((toy) => {
        if (toy.pick('shop.op#t1.c0/a1', 'outcome', 'ok', 'tool/error') !== 'ok')
            toy.problems.push({ kind: 'leak', what: 'net.connect', where: 'a.ts:1', remedy: 'mock it' });
    });
    expect(record.result).toBe('scenario-error');
    expect(record.problems).toHaveLength(1);
    expect(record.unknown).toBeGreaterThan(0);
});
