import { describe, expect, test } from 'vitest';
import { tellStory } from '../../../src/report/story.js';
import { history, refundedTwice, refundTwice } from './refund-history.js';
const facts = { backends: ['shop'] };
describe('the story of an effect that happened twice', () => {
    const story = tellStory(refundTwice, refundedTwice, facts);
    test('is told from the ledger and the faults in one sentence', () => {
        expect(story.headline).toBe('shop.refund(A-7, 4900) happened twice: the answer to the first was lost, the tool threw, the model called again, and no key tied the two requests together.');
    });
    test('shows model, tools and services in order of time, without what the violation is not about', () => {
        expect(story.backend).toBe('shop');
        expect(story.lines.map((line) => [line.vt, line.model, line.tools, line.backend, line.flow, line.mark])).toEqual([
            [1100, 'refundOrder(A-7, 4900)', '', '', 'none', 'plain'],
            [1100, '', 'refund(A-7, 4900)', 'refund A-7, 4900   ✓ applied', 'request', 'applied'],
            [11_100, '', 'answer lost', 'tool/timeout-after-effect on shop.refund #1', 'answer', 'fault'],
            [11_100, '', 'refundOrder threw: fetch failed', '', 'none', 'plain'],
            [11_100, '◀ error: fetch failed', '', '', 'none', 'plain'],
            [12_100, 'refundOrder(A-7, 4900)', '', '', 'none', 'plain'],
            [12_100, '', 'refund(A-7, 4900)', 'refund A-7, 4900   ✗ again', 'request', 'broken'],
        ]);
        expect(story.hidden).toBe(0);
    });
    test('ends where the promise broke', () => {
        expect(story.lines.at(-1)?.seq).toBe(refundedTwice.seq);
    });
    test('names the keys, and who asked again', () => {
        const keyed = refundTwice.map((event) => 'key' in event ? { ...event, key: `k-${event.seq > 10 ? 2 : 1}` } : event);
        expect(tellStory(keyed, refundedTwice, facts).headline).toContain('the two requests carried different keys');
        const sameCall = refundTwice.map((event) => 'site' in event && event.seq === 15 ? { ...event, call: 't2.c0', attempt: 2 } : event);
        expect(tellStory(sameCall, refundedTwice, facts).headline).toContain('the call was tried again');
        const restarted = refundTwice.map((event) => (event.seq > 10 ? { ...event, incarnation: 2 } : event));
        expect(tellStory(restarted, refundedTwice, facts).headline).toContain('the restarted agent did it again');
    });
    test('an effect that was taken back is not told as a second one', () => {
        const takenBack = history(...refundTwice.map((event) => [event.vt, event.type, event]), [
            12_300,
            'effect-compensated',
            { backend: 'shop', operation: 'refund', effect: 0 },
        ]);
        const until = { ...refundedTwice, seq: 17, witness: [15] };
        expect(tellStory(takenBack, until, facts).headline).toBe('An order is refunded once is false. Before it: answer lost at shop.refund#t2.c0/a1.');
    });
});
describe('any story', () => {
    test('holds at most fourteen lines, keeps the witness and says how many it hides', () => {
        const noisy = history(...Array.from({ length: 40 }, (_, index) => [
            index,
            'model-answered',
            { turn: index, attempt: 1, text: `thought ${index}`, calls: [], stop: 'stop', complete: true, status: 200 },
        ]), [50, 'leak', { what: 'a socket', where: 'src/a.ts:1' }]);
        const story = tellStory(noisy, { invariant: 'x', clause: 'a', because: 'it leaked', witness: [40], seq: 40 }, { backends: [] });
        expect(story.lines).toHaveLength(14);
        expect(story.hidden).toBe(27);
        expect(story.lines.at(-1)?.tools).toBe('leak a socket, src/a.ts:1');
        expect(story.headline).toBe('It leaked.');
    });
    test('is empty for an empty history', () => {
        expect(tellStory([], { invariant: 'x', clause: 'a', because: '', witness: [], seq: 0 }, { backends: ['a', 'b'] })).toEqual({ headline: 'A promise was broken.', backend: 'services', lines: [], hidden: 0 });
    });
    test('shows a crash, what was restarted, and an effect that landed later than its request', () => {
        const request = {
            backend: 'shop',
            operation: 'refund',
            kind: 'write',
            site: 'shop.refund#t1.c0/a1',
            input: { orderId: 'A-7' },
            key: 'k',
            call: 't1.c0',
            attempt: 1,
        };
        const events = history([0, 'request-arrived', request], [0, 'fault-injected', { fault: 'process/crash-before-effect', site: 'shop.refund#t1.c0/a1', detail: '' }], [5, 'crash', { epoch: 1 }], [10, 'restart', { epoch: 2 }, 2], [50, 'effect-applied', { ...request, effect: 0, once: 'A-7' }]);
        const story = tellStory(events, { invariant: 'x', clause: 'a', because: 'it landed late', witness: [4], seq: 4 }, { backends: ['shop'] });
        expect(story.lines.map((line) => line.tools || line.backend)).toEqual([
            'refund(A-7)',
            '⚡ crash before the effect',
            '☠ crash: all memory of life 1 is lost',
            '↻ restart: life 2 begins',
            'refund A-7   ✓ applied',
        ]);
    });
});
