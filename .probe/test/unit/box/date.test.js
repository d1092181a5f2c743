import { afterAll, describe, expect, it } from 'vitest';
import { installShims } from '../../../src/box/install.js';
import { real } from '../../../src/box/real.js';
import { scopes } from '../../../src/box/scopes.js';
import { installTemporal } from '../../../src/box/temporal.js';
import { answerOf, dead, emptyWorld, epochMs, live, scopeOf } from './inhabited-world.js';
installShims();
describe('Date', () => {
    it('is the real clock outside a simulation', () => {
        const before = real.dateNow();
        expect(Date.now()).toBeGreaterThanOrEqual(before);
        const made = new Date();
        expect(made.getTime()).toBeGreaterThanOrEqual(before);
        expect(Date()).toBe(new real.Date().toString());
    });
    it('looks like the real one', () => {
        expect(Date.name).toBe('Date');
        expect(Date.length).toBe(7);
        expect(Date.toString()).toBe('function Date() { [native code] }');
        expect(Date.now.toString()).toBe('function now() { [native code] }');
        expect(Date.UTC(2020, 1)).toBe(real.Date.UTC(2020, 1));
        expect(Date.parse('2020-01-01')).toBe(1577836800000);
        expect(Object.keys(Date)).toEqual([]);
    });
    it('shares instances with the real one, both ways, and can be subclassed', () => {
        class Birthday extends Date {
            party() {
                return 'cake';
            }
        }
        const birthday = new Birthday(0);
        expect(new Date() instanceof real.Date && new real.Date() instanceof Date).toBe(true);
        expect(birthday instanceof Birthday && birthday instanceof real.Date).toBe(true);
        expect([birthday.party(), birthday.getTime(), new Date().constructor]).toEqual(['cake', 0, Date]);
    });
    it('reads the wall clock of the world inside one', async () => {
        const seen = await answerOf(async (world) => {
            await new Promise((resolve) => setTimeout(resolve, 250));
            const late = new Date();
            world.jumpWall(5000);
            return [late.getTime(), Date.now(), Date(), new Date(7).getTime(), new Date(2020, 1, 1).getFullYear()];
        });
        const jumped = epochMs + 5250;
        expect(seen).toEqual([epochMs + 250, jumped, new real.Date(jumped).toString(), 7, 2020]);
    });
    it('subclasses read the wall clock of the world', async () => {
        class Stamp extends Date {
        }
        expect(await answerOf(() => [new Stamp().getTime(), new Stamp() instanceof Stamp])).toEqual([epochMs, true]);
    });
    it('goes on telling the dead when their world ended', async () => {
        expect(await dead(() => [Date.now(), new Date()])).toEqual([epochMs, new real.Date(epochMs)]);
    });
});
describe('monotonic clocks', () => {
    it('are virtual inside', async () => {
        const seen = await answerOf(async () => {
            const start = process.hrtime();
            await new Promise((resolve) => setTimeout(resolve, 1250));
            const readings = [performance.now(), performance.timeOrigin, process.uptime(), process.hrtime.bigint()];
            return [...readings, process.hrtime(), process.hrtime(start), process.hrtime([0, 300_000_000])];
        });
        expect(seen).toEqual([1250, epochMs, 1.25, 1250000000n, [1, 250e6], [1, 250e6], [0, 950e6]]);
    });
    it('are real outside', () => {
        const before = real.performanceNow();
        expect(performance.now()).toBeGreaterThanOrEqual(before);
        expect(performance.timeOrigin).toBeGreaterThan(1.6e12);
        expect(process.uptime()).toBeGreaterThan(0);
        expect(process.hrtime.bigint()).toBeGreaterThan(0n);
        expect(process.hrtime(process.hrtime())[0]).toBeLessThan(5);
    });
    it('stand still for the dead', async () => {
        expect(await dead(() => [performance.now(), process.hrtime(), process.uptime()])).toEqual([0, [0, 0], 0]);
    });
    it('refuse what Node refuses', async () => {
        const { error } = await live(() => process.hrtime(3));
        expect(error).toMatchObject({ code: 'ERR_INVALID_ARG_TYPE' });
    });
});
describe('AbortSignal.timeout', () => {
    it('aborts on the clock of the world', async () => {
        const seen = await answerOf(async () => {
            const signal = AbortSignal.timeout(5000);
            await new Promise((resolve) => signal.addEventListener('abort', resolve));
            return [performance.now(), signal.reason.name, signal.reason instanceof DOMException];
        });
        expect(seen).toEqual([5000, 'TimeoutError', true]);
    });
    it('refuses what Node refuses, and never aborts for the dead', async () => {
        const { error } = await live(() => AbortSignal.timeout(-1));
        expect(error).toMatchObject({ code: 'ERR_OUT_OF_RANGE' });
        const signal = await dead(() => AbortSignal.timeout(0));
        await real.sleep(5);
        expect(signal.aborted).toBe(false);
    });
});
describe('Temporal.Now', () => {
    const instant = (ms) => ({
        toZonedDateTimeISO: (zone) => ({ ms, zone, toPlainDate: () => ({ date: ms, zone }) }),
    });
    const temporal = {
        Now: { instant: () => 'real', plainDateISO: () => 'real', timeZoneId: () => 'UTC' },
        Instant: { fromEpochMilliseconds: instant },
    };
    afterAll(() => expect(temporal.Now.instant()).toBe('real'));
    it('reads the wall clock of the world inside one, where the runtime has it', () => {
        installTemporal(temporal);
        const scope = scopeOf(emptyWorld());
        const [now, date] = scopes.run(scope, () => [temporal.Now.instant(), temporal.Now.plainDateISO()]);
        expect(now.toZonedDateTimeISO('Z').ms).toBe(epochMs);
        expect(date).toEqual({ date: epochMs, zone: 'UTC' });
    });
});
