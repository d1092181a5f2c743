import { describe, expect, it } from 'vitest';
import { sagaConsistency } from '../../../../src/check/invariant/saga-consistency.js';
import { applied, attemptEnd, attemptStart, charge, crash, foreign, happened, own, runEnd, runStart, settled, takenBack, verdict, } from '../history-of.js';
const started = [runStart({ saga: true }), happened('saga-open', { saga: 's' })];
const registered = (step, call) => happened('saga-step-registered', { step, call, tool: 'book', compensation: true });
/** A step that took effect: effect number = step. */
const step = (n) => {
    const call = `t${n}.c0`;
    return [
        registered(n, call),
        attemptStart(call, 'book'),
        applied(n, { call, attempt: 1, once: call }),
        attemptEnd(call, 'ok', 'book'),
        settled(call, 'ok', 'book'),
    ];
};
const abort = happened('saga-abort', { cause: 'step-failed', steps: [1, 2] });
const undoStart = (n, attempt = 1, key = `u${n}`) => happened('compensation-start', { step: n, call: `t${n}.c0`, tool: 'book', attempt, key });
const undoEnd = (n, outcome = 'ok', attempt = 1) => happened('compensation-end', { step: n, call: `t${n}.c0`, tool: 'book', attempt, outcome });
const undone = (n) => [undoStart(n), takenBack(n), undoEnd(n)];
const sagaEnd = (status, residue = []) => happened('saga-end', { status, residue });
const judged = (...drafts) => verdict(sagaConsistency, own, [started, ...drafts]);
describe('saga-consistency', () => {
    it('holds where an aborted saga takes its steps back in reverse order', () => {
        expect(judged(step(1), step(2), abort, undone(2), undone(1), sagaEnd('compensated'), runEnd('failed'))).toMatchObject({ verdict: 'valid', arose: 1 });
    });
    it('holds where what could not be taken back is reported, and the others were', () => {
        const failed = [undoStart(2), undoEnd(2, 'failed')];
        expect(judged(step(1), step(2), abort, failed, undone(1), sagaEnd('needs-intervention', ['t2.c0']), runEnd('needs-intervention')).verdict).toBe('valid');
    });
    it('holds where a crash cuts a compensation that then runs again', () => {
        expect(judged(step(1), step(2), abort, undoStart(2), crash, undone(2), undone(1), sagaEnd('compensated')).verdict).toBe('valid');
    });
    it('breaks clause a where a step that took effect is left out', () => {
        const found = judged(step(1), step(2), abort, undone(2), sagaEnd('compensated'));
        expect(found.violation).toMatchObject({ clause: 'a', tool: 'book' });
        expect(found.violation?.because).toBe('the saga ended as compensated, but book (t1.c0) was not taken back');
    });
    it('breaks clause a where a call that certainly failed is compensated', () => {
        expect(judged(registered(1, 't1.c0'), attemptStart('t1.c0', 'book'), settled('t1.c0', 'failed', 'book'), abort, undoStart(1)).violation?.clause).toBe('a');
    });
    it('breaks clause b where compensations run forwards or side by side', () => {
        expect(judged(step(1), step(2), abort, undone(1), undoStart(2)).violation?.clause).toBe('b');
        expect(judged(step(1), step(2), abort, undoStart(2), undoStart(1)).violation?.because).toContain('while that of step 2 (book) was running');
    });
    it('breaks clause c where a step starts after the abort', () => {
        expect(judged(step(1), abort, registered(2, 't2.c0'), attemptStart('t2.c0', 'book')).violation?.clause).toBe('c');
    });
    it('breaks clause d where a step starts before its compensation is registered', () => {
        expect(judged(attemptStart('t1.c0', 'book')).violation).toMatchObject({ clause: 'd', witness: [2] });
        expect(verdict(sagaConsistency, own, [runStart({ saga: true }), attemptStart('t1.c0', 'book')]).violation?.clause).toBe('d');
    });
    it('breaks clause e where a second try of a compensation carries another key', () => {
        expect(judged(step(1), abort, undoStart(1), undoEnd(1, 'unknown'), undoStart(1, 2, 'other')).violation?.clause).toBe('e');
    });
    it('breaks clause f where a failed compensation is hidden, stops the others, or is not the status of the run', () => {
        const failed = [undoStart(2), undoEnd(2, 'failed')];
        expect(judged(step(1), step(2), abort, failed, undone(1), sagaEnd('compensated')).violation?.clause).toBe('f');
        expect(judged(step(1), step(2), abort, failed, sagaEnd('needs-intervention', ['t2.c0'])).violation?.because).toContain('without trying to take back book (t1.c0)');
        expect(judged(step(1), abort, undoStart(1), undoEnd(1, 'failed'), sagaEnd('needs-intervention', ['t1.c0']), runEnd('failed')).violation?.clause).toBe('f');
    });
    it('breaks clauses g and h where an aborted saga commits, or a run leaves its saga open', () => {
        expect(judged(abort, sagaEnd('committed')).violation?.clause).toBe('g');
        expect(judged(step(1), runEnd()).violation?.clause).toBe('h');
        expect(judged(step(1), sagaEnd('committed'), sagaEnd('committed')).violation?.clause).toBe('h');
    });
    it('never arises where the saga commits, and concerns nobody without compensations', () => {
        expect(judged(step(1), sagaEnd('committed'), runEnd())).toMatchObject({
            verdict: 'valid',
            arose: 0,
            concerned: true,
        });
        expect(verdict(sagaConsistency, { ...own, tools: [charge] }, [started])).toMatchObject({
            arose: 0,
            concerned: false,
        });
        expect(verdict(sagaConsistency, foreign, [])).toMatchObject({ concerned: false });
    });
});
