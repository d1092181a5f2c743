import fc from 'fast-check';
import { expect, it } from 'vitest';
import { runCampaign } from '../../src/explore/campaign.js';
import { inProcess } from '../../src/explore/in-process.js';
import { shopper, shopperLore, toyTrials } from '../unit/explore/toy.js';
const run = toyTrials({ shop: shopper({ calls: 2 }) });
const newHands = () => inProcess([{ name: 'shop' }], run, shopperLore);
async function campaign(hands, batch, seed) {
    const trials = [];
    let clock = 0;
    const record = await runCampaign({
        scenario: { name: 'shop', file: 'shop.scenario.ts', breaks: [] },
        hands: Array.from({ length: hands }, newHands),
        seed,
        preset: 'stormy',
        trials: 120,
        now: () => clock++,
        batch,
        onTrial: (trial) => trials.push(trial),
    });
    return { record, trials };
}
it('the record and its trials are the same for any number of hands and any size of batch', async () => {
    const shape = fc.record({ hands: fc.integer({ min: 1, max: 4 }), batch: fc.integer({ min: 1, max: 64 }) });
    await fc.assert(fc.asyncProperty(shape, fc.string(), async ({ hands, batch }, seed) => {
        const alone = await campaign(1, 64, seed);
        expect(await campaign(hands, batch, seed)).toEqual(alone);
        expect(alone.record.storms).toBe(120);
    }), { numRuns: 20 });
});
