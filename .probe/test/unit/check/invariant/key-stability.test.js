import { describe, expect, it } from 'vitest';
import { keyStability } from '../../../../src/check/invariant/key-stability.js';
import { arrived, attemptStart, foreign, own, replied, settled, verdict } from '../history-of.js';
describe('key-stability', () => {
    it('holds where all attempts of a call carry one key', () => {
        expect(verdict(keyStability, own, [attemptStart('t1.c0'), attemptStart('t1.c0', 'charge', 2)])).toMatchObject({
            verdict: 'valid',
            arose: 1,
        });
    });
    it('breaks clause a where the key changes with the attempt', () => {
        const found = verdict(keyStability, own, [
            attemptStart('t1.c0'),
            attemptStart('t1.c0', 'charge', 2, { key: 'other' }),
        ]);
        expect(found.violation).toMatchObject({ clause: 'a', witness: [0, 1], tool: 'charge' });
    });
    it('breaks clause a on the wire where a tool makes up its own key', () => {
        const sent = (attempt, key) => arrived({ call: 't1.c0', attempt, key });
        expect(verdict(keyStability, own, [attemptStart('t1.c0'), sent(1, 'x'), sent(2, 'y')]).violation?.clause).toBe('a');
        expect(verdict(keyStability, own, [attemptStart('t1.c0'), sent(1, 'x'), sent(2, 'x')]).verdict).toBe('valid');
    });
    it('breaks clause b where two calls that were both meant share a key', () => {
        const share = attemptStart('t2.c0', 'charge', 1, { key: 'k-t1.c0' });
        expect(verdict(keyStability, own, [attemptStart('t1.c0'), settled('t1.c0', 'ok'), share]).violation?.clause).toBe('b');
    });
    it('allows a call to carry on the key of one whose outcome stayed unknown', () => {
        const share = attemptStart('t2.c0', 'charge', 1, { key: 'k-t1.c0' });
        expect(verdict(keyStability, own, [attemptStart('t1.c0'), settled('t1.c0', 'unknown'), share])).toMatchObject({
            verdict: 'valid',
            arose: 1,
        });
    });
    it('breaks clause c where a key comes with other arguments', () => {
        const other = attemptStart('t1.c0', 'charge', 2, { argsDigest: 'else' });
        expect(verdict(keyStability, own, [attemptStart('t1.c0'), other]).violation?.clause).toBe('c');
        const changed = arrived({ key: 'k', input: { orderId: 'B-1' }, site: 'second' });
        const wire = [arrived({ key: 'k' }), changed, replied('failed', 'second', 422)];
        expect(verdict(keyStability, foreign, wire).violation?.clause).toBe('c');
        expect(verdict(keyStability, foreign, [arrived({ key: 'k' }), arrived({ key: 'k' })])).toMatchObject({
            verdict: 'valid',
            arose: 1,
        });
    });
    it('lets a key that was only refused come with other arguments', () => {
        const changed = arrived({ key: 'k', input: { orderId: 'B-1' }, site: 'second' });
        const refused = [arrived({ key: 'k' }), replied('failed'), changed, replied('ok', 'second')];
        expect(verdict(keyStability, foreign, refused).verdict).toBe('valid');
        const malformed = [arrived({ key: 'k' }), changed, replied('failed', 'second', 400)];
        expect(verdict(keyStability, foreign, malformed).verdict).toBe('valid');
    });
    it('breaks clause d where there is no key, or a keyed tool does not send it', () => {
        expect(verdict(keyStability, own, [attemptStart('t1.c0', 'charge', 1, { key: '' })]).violation?.clause).toBe('d');
        const unsent = (attempt) => arrived({ call: 't1.c0', attempt });
        expect(verdict(keyStability, own, [attemptStart('t1.c0'), unsent(1), unsent(2)]).violation?.clause).toBe('d');
    });
    it('never arises with one attempt a call', () => {
        expect(verdict(keyStability, own, [attemptStart('t1.c0'), attemptStart('t1.c1', 'find')])).toMatchObject({
            arose: 0,
            concerned: true,
        });
        expect(verdict(keyStability, foreign, [arrived()])).toMatchObject({ arose: 0, concerned: false });
    });
});
