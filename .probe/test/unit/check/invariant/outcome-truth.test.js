import { describe, expect, it } from 'vitest';
import { outcomeTruth } from '../../../../src/check/invariant/outcome-truth.js';
import { answered, batchCommit, batchOpen, error, faultAt, foreign, happened, modelEnd, own, proposal, runEnd, runSettled, runStart, settled, verdict, } from '../history-of.js';
const open = batchOpen(1, ['charge']);
const natural = modelEnd(2);
const judged = (...drafts) => verdict(outcomeTruth, own, [runStart(), ...drafts]);
describe('outcome-truth', () => {
    it('holds where a run completes in spite of a fault, and where it says that it failed', () => {
        const landed = faultAt('fault-landed', 'tool/delay', 'x');
        expect(judged(landed, open, settled('t1.c0', 'ok'), batchCommit(1, ['ok']), natural, runEnd(), runSettled('completed'))).toMatchObject({ verdict: 'valid', arose: 2 });
        expect(judged(runEnd('failed'), runSettled('failed'))).toMatchObject({ verdict: 'valid', arose: 1 });
    });
    it('breaks clause a where a write is left in doubt', () => {
        const found = judged(open, settled('t1.c0', 'unknown'), batchCommit(1, ['unknown']), natural, runEnd());
        expect(found.violation).toMatchObject({ clause: 'a', witness: [2, 5], tool: 'charge' });
        expect(found.violation?.because).toBe('the run ended as completed although nobody knows whether charge (t1.c0) took effect');
    });
    it('accepts a doubt that a late result, a look-up or a second call resolved', () => {
        const doubt = [open, settled('t1.c0', 'unknown'), batchCommit(1, ['unknown'])];
        const late = happened('late-result', { call: 't1.c0', tool: 'charge', attempt: 1, outcome: 'ok' });
        expect(judged(doubt, late, natural, runEnd()).verdict).toBe('valid');
        expect(judged(late, doubt, natural, runEnd()).verdict).toBe('valid');
        const looked = happened('call-reconciled', { call: 't1.c0', tool: 'charge', attempt: 1, answer: 'applied' });
        expect(judged(open, looked, doubt.slice(1), natural, runEnd()).verdict).toBe('valid');
        expect(judged(doubt, batchOpen(2, ['charge']), settled('t2.c0', 'ok'), batchCommit(2, ['ok']), natural, runEnd())
            .verdict).toBe('valid');
    });
    it('does not mind a read whose outcome is unknown', () => {
        expect(judged(batchOpen(1, ['find']), settled('t1.c0', 'unknown', 'find'), batchCommit(1, ['unknown']), natural, runEnd()).verdict).toBe('valid');
    });
    it('breaks clause a for an end that was not natural', () => {
        const ends = [
            modelEnd(1, { stop: 'length' }),
            modelEnd(1, { outcome: 'failed', error: error('unavailable', true) }),
            modelEnd(1, { calls: [proposal('charge')], stop: 'tool-calls' }),
        ];
        for (const end of ends)
            expect(judged(end, runEnd()).violation?.clause).toBe('a');
        expect(judged(answered(1, [], { complete: false }), modelEnd(1), runEnd()).violation?.because).toContain('was cut off');
        expect(judged(open, natural, runEnd()).violation?.because).toContain('never committed');
        expect(judged(natural, runEnd('completed', { residue: ['charge'] })).violation?.because).toContain('left behind');
    });
    it('breaks clause b where the caller is told something else', () => {
        expect(judged(runEnd('failed'), runSettled('completed')).violation).toMatchObject({ clause: 'b', witness: [1, 2] });
        expect(judged(runSettled('completed')).violation?.clause).toBe('b');
        const acknowledged = happened('append-acknowledged', { session: 's', version: 9 });
        expect(judged(natural, runEnd(), acknowledged, runSettled('failed')).violation?.clause).toBe('b');
        // Without the acknowledgement the writer cannot know.
        expect(judged(natural, runEnd(), runSettled('failed')).verdict).toBe('valid');
        expect(judged(natural, runEnd(), runSettled('waiting')).verdict).toBe('valid');
    });
    it('judges agents written elsewhere only by a final answer that was cut off', () => {
        const cut = answered(1, [], { complete: false, text: 'Your refund is' });
        expect(verdict(outcomeTruth, foreign, [cut, runSettled('completed', 'Your refund is')]).violation).toMatchObject({
            clause: 'a',
            witness: [0, 1],
        });
        expect(verdict(outcomeTruth, foreign, [cut, runSettled('completed', 'Sorry, something broke.')])).toMatchObject({
            verdict: 'valid',
            arose: 1,
        });
        expect(verdict(outcomeTruth, foreign, [runSettled('completed', 'x')])).toMatchObject({ arose: 0, concerned: false });
    });
    it('never arises on a calm day', () => {
        expect(judged(natural, runEnd(), runSettled('completed'))).toMatchObject({
            verdict: 'valid',
            arose: 0,
            concerned: true,
        });
    });
});
