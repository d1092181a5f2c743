import nodeCrypto, { randomBytes, randomFill, randomFillSync, randomInt, randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { installShims } from '../../../src/box/install.js';
import { scopes } from '../../../src/box/scopes.js';
import { answerOf, dead, emptyWorld, live, scopeOf } from './inhabited-world.js';
installShims();
const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;
/** One of everything. */
async function everything() {
    return [
        Math.random(),
        Math.random(),
        crypto.randomUUID(),
        randomUUID(),
        [...crypto.getRandomValues(new Uint8Array(9))],
        [...crypto.getRandomValues(new Uint32Array(2))],
        [...nodeCrypto.getRandomValues(new Uint8Array(3))],
        randomBytes(7).toString('hex'),
        (await promisify(randomBytes)(5)).toString('hex'),
        randomInt(1000),
        randomInt(-5, 2 ** 40),
        await new Promise((resolve) => randomInt(10, 20, (_, value) => resolve(value))),
        [...randomFillSync(new Uint16Array(4), 1, 2)],
        [...(await promisify(randomFill)(Buffer.alloc(4)))],
    ];
}
describe('chance inside a world', () => {
    it('is the same in every run of the same world', async () => {
        const [first, second] = [await answerOf(everything), await answerOf(everything)];
        expect(first).toEqual(second);
        expect(new Set(first.map((value) => JSON.stringify(value))).size).toBe(first.length);
    });
    it('has the shape of the real thing', async () => {
        const seen = (await answerOf(everything));
        expect(seen[0]).toBeGreaterThanOrEqual(0);
        expect(seen[0]).toBeLessThan(1);
        expect(seen[2]).toMatch(uuid);
        expect(seen[3]).toMatch(uuid);
        expect(seen[7]).toMatch(/^[0-9a-f]{14}$/);
        expect(seen[9]).toBeLessThan(1000);
        expect(seen[10]).toBeGreaterThanOrEqual(-5);
        expect(seen[11] >= 10 && seen[11] < 20).toBe(true);
        expect([seen[12][0], seen[12][3]]).toEqual([0, 0]);
        expect(seen[12][1] + seen[12][2]).toBeGreaterThan(0);
    });
    it('spreads evenly', async () => {
        const draws = await answerOf(() => Array.from({ length: 1000 }, () => Math.random()));
        const mean = draws.reduce((sum, value) => sum + value, 0) / draws.length;
        expect(Math.abs(mean - 0.5)).toBeLessThan(0.03);
        expect(new Set(draws).size).toBe(1000);
    });
    it('is drawn by lane: what one lane draws shifts nothing for another', () => {
        const drawn = (others) => {
            const world = emptyWorld();
            for (let i = 0; i < others; i++)
                scopes.run(scopeOf(world, 't1.c0/a1'), () => Math.random());
            return scopes.run(scopeOf(world, 't1.c1/a1'), () => Math.random());
        };
        expect(drawn(3)).toBe(drawn(0));
        const world = emptyWorld();
        const lanes = ['t1.c0/a1', 't1.c1/a1'].map((lane) => scopes.run(scopeOf(world, lane), () => Math.random()));
        expect(lanes[0]).not.toBe(lanes[1]);
    });
    it('is not shifted by the dead of the same lane', () => {
        const drawn = (others) => {
            const world = emptyWorld();
            world.nextIncarnation();
            for (let i = 0; i < others; i++)
                scopes.run(scopeOf(world, 'run', 1), () => Math.random());
            return scopes.run(scopeOf(world, 'run', 2), () => Math.random());
        };
        expect(drawn(3)).toBe(drawn(0));
    });
    it('still answers the dead', async () => {
        const [number, id] = await dead(() => [Math.random(), crypto.randomUUID()]);
        expect(number).toBeLessThan(1);
        expect(id).toMatch(uuid);
    });
    it.each([
        ['ERR_OUT_OF_RANGE', () => randomBytes(-1)],
        ['ERR_OUT_OF_RANGE', () => randomInt(5, 5)],
        ['ERR_INVALID_ARG_TYPE', () => randomFillSync('x')],
        ['ERR_OUT_OF_RANGE', () => randomFillSync(Buffer.alloc(2), 3)],
    ])('refuses what Node refuses with %s', async (code, misuse) => {
        expect((await live(misuse)).error).toMatchObject({ code });
    });
    it('refuses floats and too much, as Web Crypto does', async () => {
        expect((await live(() => crypto.getRandomValues(new Float32Array(1)))).error).toBeInstanceOf(DOMException);
        expect((await live(() => crypto.getRandomValues(new Uint8Array(65_537)))).error).toMatchObject({
            name: 'QuotaExceededError',
        });
    });
});
describe('chance outside', () => {
    it('is real', async () => {
        const [first, second] = [await everything(), await everything()];
        expect(first[0]).not.toBe(second[0]);
        expect(first[2]).not.toBe(second[2]);
        expect(first[7]).not.toBe(second[7]);
        expect(Math.random.toString()).toBe('function random() { [native code] }');
    });
});
