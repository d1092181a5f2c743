import { describe, expect, it } from 'vitest';
import { ambiguityHonesty } from '../../../../src/check/invariant/ambiguity-honesty.js';
import { applied, attemptEnd, attemptStart, batchCommit, crash, foreign, happened, own, settled, verdict, } from '../history-of.js';
const effect = applied(0, { call: 't1.c0', attempt: 1 });
const lookedUp = happened('call-reconciled', { call: 't1.c0', tool: 'mail', attempt: 1, answer: 'not-applied' });
describe('ambiguity-honesty', () => {
    it('holds where a write whose answer was lost is called unknown', () => {
        const history = [
            attemptStart('t1.c0'),
            effect,
            attemptEnd('t1.c0', 'unknown'),
            settled('t1.c0', 'unknown'),
            batchCommit(1, ['unknown']),
        ];
        expect(verdict(ambiguityHonesty, own, history)).toMatchObject({ verdict: 'valid', arose: 2 });
    });
    it('breaks clause a where it is called failed, before or after its effect landed', () => {
        const before = verdict(ambiguityHonesty, own, [attemptStart('t1.c0'), effect, attemptEnd('t1.c0', 'failed')]);
        expect(before.violation).toMatchObject({ clause: 'a', witness: [1, 2], tool: 'charge' });
        const after = verdict(ambiguityHonesty, own, [attemptStart('t1.c0'), attemptEnd('t1.c0', 'failed'), effect]);
        expect(after.violation?.because).toContain('was later applied');
    });
    it('breaks clause a where a call is settled failed after an attempt that took effect', () => {
        const history = [
            attemptStart('t1.c0'),
            effect,
            attemptEnd('t1.c0', 'unknown'),
            attemptStart('t1.c0', 'charge', 2),
            attemptEnd('t1.c0', 'failed', 'charge', 2),
            settled('t1.c0', 'failed'),
        ];
        expect(verdict(ambiguityHonesty, own, history).violation?.clause).toBe('a');
    });
    it('allows an attempt to fail before another one of its call takes effect', () => {
        const history = [
            attemptStart('t1.c0'),
            attemptEnd('t1.c0', 'failed'),
            attemptStart('t1.c0', 'charge', 2),
            applied(0, { call: 't1.c0', attempt: 2 }),
            attemptEnd('t1.c0', 'ok', 'charge', 2),
        ];
        expect(verdict(ambiguityHonesty, own, history).verdict).toBe('valid');
    });
    it('does not count what a compensation does as the effect of the call', () => {
        const history = [
            attemptStart('t1.c0'),
            attemptEnd('t1.c0', 'failed'),
            applied(0, { call: 't1.c0.undo', attempt: 1 }),
        ];
        expect(verdict(ambiguityHonesty, own, history).verdict).toBe('valid');
    });
    it('breaks clause b where the model is shown something else', () => {
        const history = [
            attemptStart('t1.c0'),
            attemptEnd('t1.c0', 'unknown'),
            settled('t1.c0', 'unknown'),
            batchCommit(1, ['failed']),
        ];
        expect(verdict(ambiguityHonesty, own, history).violation?.clause).toBe('b');
    });
    it('breaks clause c where a tool that is not idempotent is tried again blindly, also after a crash', () => {
        const blind = [
            attemptStart('t1.c0', 'mail'),
            attemptEnd('t1.c0', 'unknown', 'mail'),
            attemptStart('t1.c0', 'mail', 2),
        ];
        expect(verdict(ambiguityHonesty, own, blind).violation?.clause).toBe('c');
        expect(verdict(ambiguityHonesty, own, [attemptStart('t1.c0', 'mail'), crash, attemptStart('t1.c0', 'mail', 2)]).violation
            ?.clause).toBe('c');
        const sighted = [
            attemptStart('t1.c0', 'mail'),
            attemptEnd('t1.c0', 'unknown', 'mail'),
            lookedUp,
            attemptStart('t1.c0', 'mail', 2),
        ];
        expect(verdict(ambiguityHonesty, own, sighted).verdict).toBe('valid');
    });
    it('never arises where every attempt is answered, and does not concern agents written elsewhere', () => {
        expect(verdict(ambiguityHonesty, own, [attemptStart('t1.c0'), effect, attemptEnd('t1.c0', 'ok')])).toMatchObject({
            arose: 0,
            concerned: true,
        });
        expect(verdict(ambiguityHonesty, foreign, [effect])).toMatchObject({ arose: 0, concerned: false });
    });
});
