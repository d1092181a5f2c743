import { describe, expect, it } from 'vitest';
import { stepBound } from '../../../../src/check/invariant/step-bound.js';
import { attemptStart, foreign, limits, modelStart, own, prompted, runEnd, runStart, user, verdict, } from '../history-of.js';
const turns = [1, 2, 3].map((turn) => modelStart(turn));
const atLimit = runEnd('failed', { reason: 'max-turns' });
describe('step-bound', () => {
    it('holds where a run uses all its turns, the last without tools', () => {
        const history = [runStart(), turns, prompted(3, [user], { tools: [] }), atLimit];
        expect(verdict(stepBound, own, history)).toMatchObject({ verdict: 'valid', arose: 3, concerned: true });
    });
    it('breaks clause a for a turn too many, and for one too few', () => {
        expect(verdict(stepBound, own, [runStart(), turns, modelStart(4)]).violation?.clause).toBe('a');
        expect(verdict(stepBound, own, [runStart(), turns.slice(0, 2), atLimit]).violation?.because).toBe('the run was ended by its limit of 3 turns after turn 2');
    });
    it('breaks clause a where a turn before the last offers no tools', () => {
        const early = prompted(2, [user], { tools: [] });
        expect(verdict(stepBound, own, [runStart(), early]).violation?.because).toBe('turn 2 of 3 offered no tools, as only the last one may');
        expect(verdict(stepBound, { ...own, tools: [] }, [runStart(), early]).verdict).toBe('valid');
    });
    it('breaks clause a for an agent written elsewhere that declares its limit', () => {
        expect(verdict(stepBound, { ...foreign, limits }, [prompted(3, [user]), prompted(4, [user])]).violation).toMatchObject({ clause: 'a', witness: [1] });
    });
    it('breaks clause b where more calls of one answer run than are allowed', () => {
        const calls = [0, 1, 2, 3, 4].map((index) => attemptStart(`t1.c${index}`));
        expect(verdict(stepBound, own, [runStart(), calls]).violation?.clause).toBe('b');
        expect(verdict(stepBound, own, [
            runStart(),
            calls.slice(0, 4),
            attemptStart('t1.c0', 'charge', 2),
            attemptStart('t2.c0'),
        ]).verdict).toBe('valid');
    });
    it('breaks clause c where the last turn offers tools or runs one', () => {
        expect(verdict(stepBound, own, [runStart(), turns, prompted(3, [user])]).violation?.clause).toBe('c');
        expect(verdict(stepBound, own, [runStart(), turns, attemptStart('t3.c0')]).violation).toMatchObject({
            clause: 'c',
            tool: 'charge',
        });
    });
    it('never arises far from the limit, and does not concern agents without one', () => {
        expect(verdict(stepBound, own, [runStart(), modelStart(1), runEnd()])).toMatchObject({ arose: 0, concerned: false });
        expect(verdict(stepBound, foreign, [prompted(50, [user])])).toMatchObject({ arose: 0, concerned: false });
    });
});
