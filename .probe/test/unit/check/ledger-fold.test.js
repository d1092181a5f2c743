import { describe, expect, it } from 'vitest';
import { foldLedger } from '../../../src/check/ledger-fold.js';
import { applied, historyOf, linesOf, own, runStart, takenBack } from './history-of.js';
const shape = [{ backend: 'shop', operations: ['charge', 'refund'] }];
const ledgerOf = (...drafts) => {
    const fold = foldLedger(shape);
    for (const event of historyOf(own, drafts).events)
        fold.apply(event);
    return fold.ledger;
};
describe('foldLedger', () => {
    it('has every write operation from the start', () => {
        expect(ledgerOf(runStart())).toEqual({ shop: { charge: [], refund: [] } });
    });
    it('lists effects in order, with key, time and whether they were taken back', () => {
        const ledger = ledgerOf(applied(0, { key: 'k', vt: 100 }), applied(1, { vt: 200 }), takenBack(0));
        expect(linesOf(ledger, 'shop', 'charge')).toEqual([
            { input: { orderId: 'A-7' }, key: 'k', at: 100, compensated: true },
            { input: { orderId: 'A-7' }, key: undefined, at: 200, compensated: false },
        ]);
    });
    it('marks what another write took back', () => {
        const ledger = ledgerOf(applied(0), applied(1, { operation: 'refund', compensates: 0 }));
        expect(linesOf(ledger, 'shop', 'charge')[0]?.compensated).toBe(true);
        expect(linesOf(ledger, 'shop', 'refund')[0]?.compensated).toBe(false);
    });
});
