import { AsyncLocalStorage } from 'node:async_hooks';
import nodeTimers from 'node:timers';
import { setInterval as every, scheduler, setImmediate as soon, setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { installShims } from '../../../src/box/install.js';
import { real } from '../../../src/box/real.js';
import { scopes } from '../../../src/box/scopes.js';
import { answerOf, dead, emptyWorld, live, scopeOf, settles } from './inhabited-world.js';
installShims();
describe('timers inside a world', () => {
    it('fire on the virtual clock, in order, with their arguments and the timer as `this`', async () => {
        const seen = await answerOf(async () => {
            const log = [];
            setTimeout((word) => log.push(word, performance.now()), 20, 'late');
            setImmediate((word) => log.push(word, performance.now()), 'soon');
            nodeTimers.setTimeout((word) => log.push(word, performance.now()), 10, 'early');
            const timer = setTimeout(function () {
                log.push(this === timer);
            }, 15);
            await promisify(setTimeout)(30);
            return log;
        });
        expect(seen).toEqual(['soon', 0, 'early', 10, true, 'late', 20]);
    });
    it.each([
        [0, 1],
        [-5, 1],
        [Number.NaN, 1],
        ['30', 30],
        [2 ** 31, 1],
        [2 ** 31 - 1, 2 ** 31 - 1],
        [1.9, 1],
        [undefined, 1],
    ])('read a delay of %s as %s ms, as Node does', (delay, expected) => {
        const world = emptyWorld();
        const delays = [];
        world.timer = (delayMs) => {
            delays.push(delayMs);
            return { cancel: () => { } };
        };
        scopes.run(scopeOf(world), () => setTimeout(() => { }, delay));
        expect(delays).toEqual([expected]);
    });
    it('are cleared by object, by number and by text', async () => {
        const fired = await answerOf(async () => {
            const log = [];
            clearTimeout(setTimeout(() => log.push('object'), 5));
            clearTimeout(+setTimeout(() => log.push('number'), 5));
            clearTimeout(String(+setTimeout(() => log.push('text'), 5)));
            clearImmediate(setImmediate(() => log.push('immediate')));
            clearInterval(setInterval(() => log.push('interval'), 5));
            setTimeout(() => log.push('closed'), 5).close();
            setTimeout(() => log.push('disposed'), 5)[Symbol.dispose]();
            clearTimeout(undefined);
            clearTimeout(99_999);
            await wait(10);
            return log;
        });
        expect(fired).toEqual([]);
    });
    it('number themselves the same in every world', async () => {
        const numbers = () => [+setTimeout(() => { }, 1), +setTimeout(() => { }, 1)];
        expect([await answerOf(numbers), await answerOf(numbers)]).toEqual([
            [1, 2],
            [1, 2],
        ]);
    });
    it('begin again when refreshed', async () => {
        const at = await answerOf(async () => {
            const log = [];
            const timer = setTimeout(() => log.push(performance.now()), 10);
            await wait(5);
            timer.refresh();
            await wait(20);
            timer.refresh();
            await wait(20);
            return log;
        });
        expect(at).toEqual([15, 35]);
    });
    it('repeat until they are cleared, also by themselves', async () => {
        const at = await answerOf(async () => {
            const log = [];
            const timer = setInterval(() => {
                log.push(performance.now());
                if (log.length === 3)
                    clearInterval(timer);
            }, 10);
            await wait(100);
            return log;
        });
        expect(at).toEqual([10, 20, 30]);
    });
    it('keep the asynchronous context of whoever set them', async () => {
        const theirs = new AsyncLocalStorage();
        const seen = await answerOf(() => new Promise((resolve) => theirs.run('mine', () => setTimeout(() => resolve(theirs.getStore()), 5))));
        expect(seen).toBe('mine');
    });
    it('refuse what Node refuses', async () => {
        const { error } = await live(() => setTimeout('text', 1));
        expect(error).toMatchObject({ code: 'ERR_INVALID_ARG_TYPE' });
    });
    it('that throw are told to the world and stop nothing', async () => {
        const { rejections, value } = await live(async () => {
            setTimeout(() => {
                throw new RangeError('boom\nmore');
            }, 5);
            await wait(10);
            return 'done';
        });
        expect([rejections, value]).toEqual([['uncaught exception: RangeError: boom'], 'done']);
    });
    it('that are unreferenced go when the root has settled; others are waited for', async () => {
        const log = [];
        const { world, ending } = await live(async () => {
            setInterval(() => log.push('beat'), 100).unref();
            setTimeout(() => log.push('kept'), 350)
                .unref()
                .ref();
            const timer = setTimeout(() => log.push('let go'), 320);
            timer.unref();
            await wait(250);
            return timer.hasRef();
        });
        expect([log, world.now, ending]).toEqual([['beat', 'beat', 'kept'], 350, 'rest']);
    });
    it('that nobody clears are bounded by the horizon', async () => {
        const { world, ending } = await live(() => void setInterval(() => { }, 60_000));
        expect([ending, world.now]).toEqual(['rest', 600_000]);
    });
});
describe('timers as promises inside a world', () => {
    it('resolve with their value on the virtual clock', async () => {
        const seen = await answerOf(async () => {
            const values = [await wait(50, 'a'), await soon('b'), performance.now()];
            await scheduler.wait(25);
            await scheduler.yield();
            return [...values, performance.now()];
        });
        expect(seen).toEqual(['a', 'b', 50, 75]);
    });
    it('reject as Node does when their signal aborts, or has aborted', async () => {
        const seen = await answerOf(async () => {
            const controller = new AbortController();
            setTimeout(() => controller.abort('why'), 10);
            const late = await wait(50, 0, { signal: controller.signal }).catch((error) => error);
            const at = performance.now();
            const early = await wait(50, 0, { signal: controller.signal }).catch((error) => error);
            return [at, late.name, late.code, late.message, late.cause, early.code];
        });
        expect(seen).toEqual([10, 'AbortError', 'ABORT_ERR', 'The operation was aborted', 'why', 'ABORT_ERR']);
    });
    it('iterate', async () => {
        const seen = await answerOf(async () => {
            const log = [];
            for await (const value of every(10, 'tick')) {
                log.push(value, performance.now());
                if (log.length === 6)
                    break;
                if (log.length === 2)
                    await wait(25);
            }
            return log;
        });
        expect(seen).toEqual(['tick', 10, 'tick', 35, 'tick', 35]);
    });
    it('stop iterating when their signal aborts', async () => {
        const seen = await answerOf(async () => {
            const signal = AbortSignal.timeout(25);
            let ticks = 0;
            try {
                for await (const _ of every(10, 0, { signal }))
                    ticks++;
            }
            catch (error) {
                return [ticks, error.code];
            }
            return undefined;
        });
        expect(seen).toEqual([2, 'ABORT_ERR']);
    });
    it('refuse what Node refuses', async () => {
        const { error } = await live(() => wait(1, 0, { signal: 'x' }));
        expect(error).toMatchObject({ code: 'ERR_INVALID_ARG_TYPE' });
    });
});
describe('timers outside and of the dead', () => {
    it('are Node’s outside', async () => {
        const timer = setTimeout(() => { }, 1000);
        expect(timer.constructor.name).toBe('Timeout');
        clearTimeout(timer);
        expect(setTimeout.name).toBe('setTimeout');
        expect(setTimeout.length).toBe(real.setTimeout.length);
        expect(setTimeout.toString()).toBe(real.setTimeout.toString());
        expect(nodeTimers.setTimeout).toBe(setTimeout);
        const before = real.performanceNow();
        await promisify(setTimeout)(10);
        await wait(10);
        expect(real.performanceNow() - before).toBeGreaterThan(15);
    });
    it('of a world that is over never fire', async () => {
        let fired = false;
        const promises = await dead(() => {
            setTimeout(() => (fired = true), 0);
            setImmediate(() => (fired = true));
            setInterval(() => (fired = true), 1);
            return [wait(0), soon(), scheduler.wait(0), scheduler.yield(), every(0).next()];
        });
        await real.sleep(10);
        expect(await settles(Promise.race(promises))).toBe(false);
        expect(fired).toBe(false);
    });
    it('of an earlier incarnation never fire, those of the next do', async () => {
        const log = [];
        const { ending } = await live(async (world) => {
            setTimeout(() => log.push('first life'), 10);
            world.nextIncarnation();
            scopes.run(scopeOf(world, 'run', 2), () => {
                setTimeout(() => log.push('second life'), 20);
            });
            world.rootSettled();
        });
        expect([log, ending]).toEqual([['second life'], 'rest']);
    });
    it('set outside can be cleared inside', async () => {
        let fired = false;
        const timer = setTimeout(() => (fired = true), 5);
        await live(() => clearTimeout(timer));
        await real.sleep(15);
        expect(fired).toBe(false);
    });
});
