import { describe, expect, it } from 'vitest';
import { resumeEquivalence } from '../../../../src/check/invariant/resume-equivalence.js';
import { attemptStart, batchOpen, crash, foreign, happened, modelEnd, modelStart, own, runEnd, runStart, settled, verdict, } from '../history-of.js';
const resume = happened('run-resume', { epoch: 2, at: 0 });
const before = [
    runStart(),
    modelStart(1),
    modelEnd(1),
    batchOpen(1, ['charge', 'find']),
    attemptStart('t1.c0'),
    settled('t1.c0', 'ok'),
    attemptStart('t1.c1', 'find'),
];
describe('resume-equivalence', () => {
    it('holds where the run goes on with what its log does not hold', () => {
        expect(verdict(resumeEquivalence, own, [before, crash, resume, attemptStart('t1.c1', 'find', 2), modelStart(2)])).toMatchObject({ verdict: 'valid', arose: 1 });
    });
    it('breaks clause a where the run starts from its beginning', () => {
        expect(verdict(resumeEquivalence, own, [before, crash, runStart()]).violation).toMatchObject({
            clause: 'a',
            witness: [0, 9],
        });
    });
    it('allows a run that was not in the log to start after the crash, and a second run after the end of the first', () => {
        expect(verdict(resumeEquivalence, own, [crash, runStart()]).verdict).toBe('valid');
        expect(verdict(resumeEquivalence, own, [
            before,
            crash,
            resume,
            runEnd(),
            runStart(),
            modelStart(1),
            attemptStart('t1.c0'),
        ]).verdict).toBe('valid');
    });
    it('breaks clause b where a settled call, an answered turn or an open batch begins again', () => {
        expect(verdict(resumeEquivalence, own, [before, crash, resume, attemptStart('t1.c0', 'charge', 2)]).violation).toMatchObject({ clause: 'b', witness: [5, 9, 10], tool: 'charge' });
        expect(verdict(resumeEquivalence, own, [before, crash, resume, modelStart(1, 2)]).violation?.clause).toBe('b');
        expect(verdict(resumeEquivalence, own, [before, crash, resume, batchOpen(1, ['charge'])]).violation?.clause).toBe('b');
    });
    it('breaks clause b where attempts are counted from the beginning', () => {
        expect(verdict(resumeEquivalence, own, [before, crash, resume, attemptStart('t1.c1', 'find', 1)]).violation?.because).toContain('counted from 1 again');
    });
    it('never arises without a resume, and does not concern agents written elsewhere', () => {
        expect(verdict(resumeEquivalence, own, before)).toMatchObject({ arose: 0, concerned: false });
        expect(verdict(resumeEquivalence, foreign, [before, crash, resume])).toMatchObject({ arose: 0, concerned: false });
    });
});
