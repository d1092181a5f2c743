import { createServer } from 'node:http';
import { describe, expect, it } from 'vitest';
import { installShims } from '../../../src/box/install.js';
import { real } from '../../../src/box/real.js';
import { scopes } from '../../../src/box/scopes.js';
import { answerOf, dead, emptyWorld, live, scopeOf, settles } from './inhabited-world.js';
installShims();
const here = 'test/unit/box/fetch.test.ts';
/** Answers after 100 virtual milliseconds. */
function echo(after = 100) {
    return (url, init, request) => new Promise((resolve) => {
        const { world } = scopes.current();
        const body = { url, method: init?.method ?? request?.method ?? 'GET', fromRequest: request !== undefined };
        world.complete('net', after, () => resolve(Response.json(body)));
    });
}
describe('fetch inside a world', () => {
    it.each([
        ['a text', () => ['https://api.test/a?b'], { url: 'https://api.test/a?b', method: 'GET', fromRequest: false }],
        [
            'a URL',
            () => [new URL('https://api.test'), { method: 'POST' }],
            { url: 'https://api.test/', method: 'POST', fromRequest: false },
        ],
        [
            'a Request',
            () => [new Request('https://api.test/r', { method: 'PUT' })],
            { url: 'https://api.test/r', method: 'PUT', fromRequest: true },
        ],
    ])('asks the network for %s', async (_, request, expected) => {
        const seen = await answerOf(async () => {
            const response = await fetch(...request());
            return [response instanceof Response, await response.json(), performance.now()];
        }, { network: echo() });
        expect(seen).toEqual([true, expected, 100]);
    });
    it('fails like an unknown host where nobody answers, and says where', async () => {
        const { error, unanswered } = await live(() => fetch('https://nobody.test/x', { method: 'post' }));
        expect(error).toBeInstanceOf(TypeError);
        expect(error).toMatchObject({ message: 'fetch failed', cause: { code: 'ENOTFOUND', hostname: 'nobody.test' } });
        expect(unanswered).toMatchObject([{ method: 'POST', url: 'https://nobody.test/x' }]);
        expect(unanswered[0]?.where).toMatch(new RegExp(`^${here}:\\d+$`));
    });
    it('rejects with the reason of its signal, while the request goes on in the world', async () => {
        let arrived = false;
        const network = () => {
            const { world } = scopes.current();
            return new Promise((resolve) => {
                world.complete('net', 100, () => {
                    arrived = true;
                    resolve(new Response());
                });
            });
        };
        const seen = await answerOf(async () => {
            const error = await fetch('https://api.test', { signal: AbortSignal.timeout(30) }).catch((reason) => reason);
            return [error.name, performance.now()];
        }, { network });
        expect([seen, arrived]).toEqual([['TimeoutError', 30], true]);
    });
    it('does not ask when its signal has aborted', async () => {
        let asked = false;
        const network = () => {
            asked = true;
            return undefined;
        };
        const signal = AbortSignal.abort('no');
        const outcomes = [
            await live(() => fetch('https://api.test', { signal }), { network }),
            await live(() => fetch(new Request('https://api.test', { signal })), { network }),
        ];
        expect([outcomes.map(({ error }) => error), asked]).toEqual([['no', 'no'], false]);
    });
    it('refuses what Node refuses, and reads data URLs itself', async () => {
        expect((await live(() => fetch('/relative'))).error).toBeInstanceOf(TypeError);
        expect(await answerOf(async () => (await fetch('data:,hello')).text())).toBe('hello');
    });
    it('never settles for the dead, who ask nobody', async () => {
        let asked = false;
        const network = () => {
            asked = true;
            return undefined;
        };
        const { scope } = await live(() => undefined, { network });
        expect(await settles(scopes.run(scope, () => fetch('https://api.test')))).toBe(false);
        expect(await settles(dead(() => fetch('https://api.test')))).toBe(false);
        expect(asked).toBe(false);
    });
    it('never settles for those who die while the answer is under way', async () => {
        const log = [];
        const { ending } = await live(async (world) => {
            fetch('https://api.test').then(() => log.push('answered'), () => log.push('failed'));
            world.nextIncarnation();
            world.rootSettled();
        }, { network: echo() });
        expect([log, ending]).toEqual([[], 'rest']);
    });
    it('is refused in a world without inhabitant', async () => {
        const asked = scopes.run(scopeOf(emptyWorld()), () => fetch('https://api.test'));
        await expect(asked).rejects.toThrow('fetch failed');
    });
});
describe('fetch outside', () => {
    it('is real', async () => {
        const server = createServer((_, response) => response.end('truly'));
        await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
        const { port } = server.address();
        expect(await (await fetch(`http://127.0.0.1:${port}`)).text()).toBe('truly');
        expect([fetch.name, fetch.length]).toEqual([real.fetch.name, real.fetch.length]);
        server.closeAllConnections();
        server.close();
    });
});
