import { describe, expect, it } from 'vitest';
import { causalOrder } from '../../../../src/check/invariant/causal-order.js';
import { attemptStart, batchCommit, batchOpen, crash, foreign, modelEnd, modelStart, own, verdict, } from '../history-of.js';
const turn = [modelStart(1), modelEnd(1), batchOpen(1, ['charge']), attemptStart('t1.c0'), batchCommit(1, ['ok'])];
describe('causal-order', () => {
    it('holds where turns follow one another', () => {
        expect(verdict(causalOrder, own, [turn, modelStart(2)])).toMatchObject({ verdict: 'valid', arose: 1 });
    });
    it('allows a model call that a crash cut to be made again', () => {
        expect(verdict(causalOrder, own, [modelStart(1), crash, modelStart(1, 2), modelEnd(1)]).verdict).toBe('valid');
    });
    it('breaks clause a where a turn number comes back', () => {
        expect(verdict(causalOrder, own, [turn, modelStart(2), modelEnd(2), modelStart(1)]).violation?.clause).toBe('a');
    });
    it('breaks clause b where two model calls run at once, or a batch is still open', () => {
        expect(verdict(causalOrder, own, [modelStart(1), modelStart(1, 2)]).violation?.clause).toBe('b');
        expect(verdict(causalOrder, own, [turn.slice(0, 4), modelStart(2)]).violation).toMatchObject({
            clause: 'b',
            witness: [2, 4],
        });
    });
    it('breaks clause e where a call starts outside its batch', () => {
        expect(verdict(causalOrder, own, [turn, attemptStart('t1.c0', 'charge', 2)]).violation).toMatchObject({
            clause: 'e',
            witness: [4, 5],
        });
        expect(verdict(causalOrder, own, [modelStart(1), modelEnd(1), attemptStart('t1.c0')]).violation?.because).toContain('before its batch was opened');
    });
    it('never arises within one turn, and does not concern agents written elsewhere', () => {
        expect(verdict(causalOrder, own, turn)).toMatchObject({ arose: 0, concerned: false });
        expect(verdict(causalOrder, foreign, [turn, modelStart(2)])).toMatchObject({ arose: 0, concerned: false });
    });
});
