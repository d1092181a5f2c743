import { describe, expect, it, vi } from 'vitest';
import { installShims, shimsInstalled } from '../../../src/box/install.js';
import { real } from '../../../src/box/real.js';
import { scopes } from '../../../src/box/scopes.js';
import { live } from './inhabited-world.js';
installShims();
/** An agent that uses everything ambient; `pace` makes worlds overlap in different ways. */
const agent = (pace) => async () => {
    const log = [];
    for (let i = 0; i < 5; i++) {
        const response = await fetch(`https://api.test/${i}`);
        log.push(await response.json(), Date.now(), Math.random(), crypto.randomUUID());
        await new Promise((resolve) => setTimeout(resolve, pace * (i + 1)));
        console.log('step', i, performance.now());
    }
    return log;
};
const run = (pace) => live(agent(pace), {
    network: (url) => {
        const { world } = scopes.current();
        return new Promise((resolve) => {
            world.complete(url, 7, () => resolve(Response.json({ url })));
        });
    },
});
describe('worlds in one thread', () => {
    it('each see themselves as if they were alone, sixty at once', async () => {
        const paces = Array.from({ length: 60 }, (_, i) => 1 + (i % 7));
        const alone = new Map();
        for (const pace of new Set(paces))
            alone.set(pace, await run(pace));
        const together = await Promise.all(paces.map(run));
        for (const [i, outcome] of together.entries()) {
            const expected = alone.get(paces[i]);
            expect(outcome.error).toBeUndefined();
            expect(outcome.value).toEqual(expected.value);
            expect(outcome.printed).toEqual(expected.printed);
            expect(outcome.world.fingerprint).toEqual(expected.world.fingerprint);
            expect(outcome.world.now).toBe(expected.world.now);
        }
    });
    it('leave code outside alone while they run', async () => {
        const worlds = [run(3), run(5)];
        const before = real.performanceNow();
        await new Promise((resolve) => setTimeout(resolve, 20));
        expect(real.performanceNow() - before).toBeGreaterThan(15);
        await Promise.all(worlds);
    });
});
describe('copies of the package in one process', () => {
    it('share one set of shims and one scope', async () => {
        const shim = globalThis.setTimeout;
        vi.resetModules();
        const other = await import('../../../src/box/install.js');
        const otherScopes = await import('../../../src/box/scopes.js');
        const otherReal = await import('../../../src/box/real.js');
        expect(otherScopes.scopes).not.toBe(scopes);
        expect(other.shimsInstalled() && shimsInstalled()).toBe(true);
        other.installShims();
        expect(globalThis.setTimeout).toBe(shim);
        expect(otherReal.real.setTimeout).toBe(real.setTimeout);
        const { value } = await live(() => otherScopes.scopes.current()?.lane);
        expect(value).toBe('run');
    });
    it('`stormproof/register` installs them', async () => {
        await import('../../../src/register.js');
        expect(shimsInstalled()).toBe(true);
    });
});
