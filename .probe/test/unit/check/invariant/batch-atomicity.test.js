import { describe, expect, it } from 'vitest';
import { batchAtomicity } from '../../../../src/check/invariant/batch-atomicity.js';
import { asked, batchCommit, batchOpen, error, foreign, happened, modelStart, own, prompted, proposal, results, settled, user, verdict, } from '../history-of.js';
const open = batchOpen(1, ['charge', 'find']);
const both = [
    settled('t1.c0', 'ok'),
    happened('call-rejected', { call: 't1.c1', tool: 'find', error: error('invalid-args', false) }),
];
const [a, b] = [proposal('charge', {}, 'a'), proposal('find', {}, 'b')];
describe('batch-atomicity', () => {
    it('holds where every call is settled once and all are committed before the model is asked', () => {
        expect(verdict(batchAtomicity, own, [open, both, batchCommit(1, ['ok', 'failed']), modelStart(2)])).toMatchObject({
            verdict: 'valid',
            arose: 1,
        });
    });
    it('breaks clause a where a call is lost, unsettled or settled twice', () => {
        expect(verdict(batchAtomicity, own, [open, both, batchCommit(1, ['ok'])]).violation?.because).toContain('without a result for t1.c1');
        expect(verdict(batchAtomicity, own, [open, both[0], batchCommit(1, ['ok', 'ok'])]).violation?.because).toContain('before t1.c1 was settled');
        expect(verdict(batchAtomicity, own, [open, both, settled('t1.c0', 'failed')]).violation).toMatchObject({
            clause: 'a',
            witness: [1, 3],
        });
    });
    it('breaks clause b where the model is asked too early, or the batch is committed twice', () => {
        expect(verdict(batchAtomicity, own, [open, both[0], modelStart(2)]).violation).toMatchObject({
            clause: 'b',
            witness: [0, 2],
        });
        const commit = batchCommit(1, ['ok', 'failed']);
        expect(verdict(batchAtomicity, own, [open, both, commit, commit]).violation?.clause).toBe('b');
    });
    it('breaks clause c where a prompt shows only some results', () => {
        expect(verdict(batchAtomicity, foreign, [prompted(2, [user, asked(a, b), results([a, '1'])])]).violation).toMatchObject({ clause: 'c', tool: 'find' });
        expect(verdict(batchAtomicity, foreign, [prompted(2, [user, asked(a, b), results([a, '1'], [b, '2'])])])).toMatchObject({ verdict: 'valid', arose: 1 });
    });
    it('never arises with batches of one call', () => {
        expect(verdict(batchAtomicity, own, [batchOpen(1, ['charge']), settled('t1.c0', 'ok'), batchCommit(1, ['ok'])])).toMatchObject({ arose: 0, concerned: false });
    });
});
