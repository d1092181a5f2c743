import fc from 'fast-check';
import { expect, it } from 'vitest';
import { presetOf } from '../../src/explore/preset.js';
import { randomSource } from '../../src/explore/random-source.js';
import { replaySource } from '../../src/explore/replay-source.js';
import { shrink } from '../../src/explore/shrink.js';
import { shopper, toyTrials } from '../unit/explore/toy.js';
const kinds = ['outcome', 'time', 'hold', 'parameter', 'data'];
const label = (site) => `shop.op#t1.c${site}/a1`;
/** Broken exactly when all of `needed` were decided. */
const conjunction = (sites, needed) => toyTrials({
    set: (toy) => {
        const bad = new Set();
        for (let site = 0; site < sites; site++) {
            const kind = kinds[site % kinds.length];
            if (toy.pick(label(site), kind, 'simple', 'worse', 'worst') !== 'simple')
                bad.add(site);
            toy.note('step');
        }
        if ([...needed].every((site) => bad.has(site)))
            toy.broken('kept', 'b');
    },
});
const again = (run, name) => async (decisions, keepSites) => {
    const result = await run({ name }, { source: replaySource(decisions), keepSites });
    return { ...result, events: result.events.length };
};
const cases = fc.integer({ min: 1, max: 30 }).chain((sites) => fc.record({
    sites: fc.constant(sites),
    needed: fc.uniqueArray(fc.integer({ min: 0, max: sites - 1 }), { maxLength: 5 }),
    extra: fc.uniqueArray(fc.integer({ min: 0, max: sites - 1 })),
    worst: fc.array(fc.boolean(), { minLength: sites, maxLength: sites }),
}));
it('shrinks to exactly the decisions that are needed, each at its simplest alternative', async () => {
    await fc.assert(fc.asyncProperty(cases, async ({ sites, needed, extra, worst }) => {
        const run = conjunction(sites, new Set(needed));
        const start = [...new Set([...needed, ...extra])].map((site) => [label(site), worst[site] ? 'worst' : 'worse']);
        const report = await shrink(start, { invariant: 'kept', clause: 'b' }, again(run, 'set'));
        expect(report.bounded).toBe(false);
        expect([...report.decisions].sort()).toEqual(needed.map((site) => [label(site), 'worse']).sort());
        expect(report.violation).toMatchObject({ invariant: 'kept', clause: 'b' });
    }));
});
it('ends at a repro that breaks the same promise, and from which no decision can be dropped', async () => {
    const run = toyTrials({ shop: shopper({ calls: 4 }) });
    const target = { invariant: 'at-most-once-effect', clause: 'a' };
    let broken = 0;
    await fc.assert(fc.asyncProperty(fc.integer(), async (key) => {
        const storm = await run({ name: 'shop' }, { source: randomSource(key, presetOf('hostile')) });
        if (storm.violations.length === 0)
            return;
        broken++;
        const start = storm.decisions.map(({ label, alternative }) => [label, alternative]);
        const rerun = again(run, 'shop');
        const report = await shrink(start, target, rerun);
        const breaks = async (decisions) => (await rerun(decisions, false)).violations.some(({ invariant }) => invariant === target.invariant);
        expect(report.reproduced && (await breaks(report.decisions))).toBe(true);
        for (let at = 0; at < report.decisions.length; at++)
            expect(await breaks(report.decisions.filter((_, index) => index !== at))).toBe(false);
        expect(report.decisions).toHaveLength(1);
    }), { numRuns: 200 });
    expect(broken).toBeGreaterThan(20);
});
it('never runs more often than its bound', async () => {
    await fc.assert(fc.asyncProperty(cases, fc.integer({ min: 1, max: 20 }), async ({ sites, needed, extra }, bound) => {
        let runs = 0;
        const inner = again(conjunction(sites, new Set(needed)), 'set');
        const counted = (decisions, keepSites) => {
            runs++;
            return inner(decisions, keepSites);
        };
        const start = [...new Set([...needed, ...extra])].map((site) => [label(site), 'worst']);
        const report = await shrink(start, { invariant: 'kept', clause: 'b' }, counted, bound);
        expect(runs).toBe(report.runs);
        expect(runs).toBeLessThanOrEqual(bound);
        expect(report.reproduced).toBe(true);
    }));
});
