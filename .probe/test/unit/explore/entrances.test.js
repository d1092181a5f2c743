import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runCampaign } from '../../../src/explore/campaign.js';
import { inProcess } from '../../../src/explore/in-process.js';
import { handsOver, serve } from '../../../src/explore/serve.js';
import { runSimulation } from '../../../src/explore/simulation.js';
import { stormArbitrary } from '../../../src/explore/storm-arbitrary.js';
import { shopper, shopperLore, toyTrials } from './toy.js';
const handsFor = (agent) => inProcess([{ name: 'shop' }], toyTrials({ shop: agent }), shopperLore);
const shop = { name: 'shop', breaks: [], preset: undefined };
const ports = (agent) => ({ hands: handsFor(agent), now: () => 0 });
describe('hands over a boundary', () => {
    const json = (value) => JSON.parse(JSON.stringify(value));
    it('give the same record as hands here: all that crosses is plain JSON', async () => {
        const here = handsFor(shopper());
        const there = handsOver(async (request) => json(await serve(handsFor(shopper()), json(request))));
        const plan = {
            scenario: { name: 'shop', file: '', breaks: [] },
            seed: '1',
            preset: 'stormy',
            trials: 40,
            now: () => 0,
        };
        expect(json(await runCampaign({ ...plan, hands: [there] }))).toEqual(json(await runCampaign({ ...plan, hands: [here] })));
    });
    it('an error crosses with its code and remedy', async () => {
        const there = handsOver((request) => serve(handsFor(shopper()), request));
        await expect(there.calm('other')).rejects.toMatchObject({
            code: 'nothing-selected',
            remedy: expect.stringContaining('shop'),
        });
        const answer = await serve(handsFor(shopper()), { id: 7, method: 'constructor', args: [] });
        expect(answer).toMatchObject({ id: 7, ok: false, failure: { code: 'internal' } });
    });
});
describe('simulate', () => {
    it('passes for an agent that keeps its promises', async () => {
        const campaign = await runSimulation(shop, { trials: 50 }, ports(shopper({ keyed: true })));
        expect(campaign).toEqual({ result: 'pass', findings: [], trials: 50 });
    });
    it('lists findings with a token that replays them', async () => {
        const campaign = await runSimulation(shop, { trials: 50 }, ports(shopper()));
        expect(campaign.result).toBe('fail');
        expect(campaign.findings[0]).toMatchObject({
            invariant: 'at-most-once-effect',
            repro: expect.stringMatching(/^v1\./),
        });
    });
    it('rejects when the scenario is at fault, for no findings would say nothing then', async () => {
        const noGoal = ports((toy) => {
            toy.goal = false;
        });
        await expect(runSimulation(shop, {}, noGoal)).rejects.toMatchObject({ code: 'scenario' });
    });
    it('rejects when two runs differ', async () => {
        let runs = 0;
        await expect(runSimulation(shop, {}, ports((toy) => void toy.note('x'.repeat(++runs))))).rejects.toMatchObject({
            code: 'nondeterminism',
        });
    });
    it.each([{ trials: 0 }, { trials: 1.5 }, { time: '30' }, { time: '0s' }])('refuses the budget %j', async (budget) => {
        await expect(runSimulation(shop, budget, ports(shopper()))).rejects.toMatchObject({ code: 'usage' });
    });
});
describe('storms', () => {
    const property = (agent, breaks = []) => {
        const hands = handsFor(agent);
        return fc.asyncProperty(stormArbitrary({ ...shop, breaks }, () => hands), (storm) => storm.run());
    };
    it('hold for an agent that keeps its promises', async () => {
        await fc.assert(property(shopper({ keyed: true })), { numRuns: 50 });
    });
    it('fail with the story, what it needs and the line that replays it', async () => {
        const details = await fc.check(property(shopper()), { seed: 1 });
        expect(details.failed).toBe(true);
        const text = String(details.errorInstance);
        expect(text).toContain('needs: shop.charge');
        expect(text).toMatch(/npx stormproof replay v1\.[\w-]+/);
        expect(fc.stringify(details.counterexample?.[0])).toMatch(/^storm \d+ of shop \(stormy\)$/);
    });
    it('have a shrink tree that no run can shape: the path replays the same storm', async () => {
        const first = await fc.check(property(shopper()), { seed: 1 });
        expect(first.numShrinks).toBe(0);
        const again = await fc.check(property(shopper()), {
            seed: 1,
            path: first.counterexamplePath ?? '',
            endOnFailure: true,
        });
        expect(fc.stringify(again.counterexample?.[0])).toBe(fc.stringify(first.counterexample?.[0]));
        expect(String(again.errorInstance)).toBe(String(first.errorInstance));
    });
    it('do not fail by a break that the scenario declares', async () => {
        await fc.assert(property(shopper(), ['at-most-once-effect']), { numRuns: 50 });
    });
});
