/** A stock service: levels by article, reservations that may be released. */
import { z } from 'zod';
import { defineBackend } from '../define-backend.js';
import { place } from './options.js';
const startLevel = 100;
export function inventory(options = {}) {
    const keyed = options.keyed ?? true;
    const backend = defineBackend({
        name: 'inventory',
        ...place(options),
        state: () => ({ levels: {}, made: {} }),
        operations: ({ read, write }) => ({
            reserve: write({
                http: 'POST /reservations',
                input: z.object({ sku: z.string(), count: z.int().positive() }),
                once: ({ sku, count }) => `${count} x ${sku}`,
                keyed,
                partial: ({ sku, count }) => (count > 1 ? { sku, count: count - 1 } : undefined),
                apply: (state, { sku, count }) => {
                    state.levels[sku] = (state.levels[sku] ?? startLevel) - count;
                    state.made[sku] = (state.made[sku] ?? 0) + 1;
                    return { reservationId: `rs_${sku}_${state.made[sku]}` };
                },
            }),
            release: write({
                http: 'DELETE /reservations/:reservationId',
                input: z.object({ reservationId: z.string() }),
                keyed,
                undoes: ({ reservationId }) => ({ operation: 'reserve', matches: (_input, answer) => answer.reservationId === reservationId }),
                apply: () => ({ released: true }),
            }),
            level: read({
                http: 'GET /levels/:sku',
                input: z.object({ sku: z.string() }),
                answer: (state, { sku }) => ({ available: state.levels[sku] ?? startLevel }),
            }),
        }),
    });
    return backend;
}
