/** Small synthetic agents for the tests of search: real tapes, no runtime. */
import { Fingerprint } from '../../../src/kernel/fingerprint.js';
import { Tape } from '../../../src/kernel/tape.js';
class Stopped extends Error {
}
/** What a toy agent may do in its world. */
export class Toy {
    events = [];
    violations = [];
    problems = [];
    arose = {};
    planned = {};
    fingerprint = new Fingerprint();
    tape;
    goal = true;
    #keepGoing;
    constructor(options) {
        this.#keepGoing = options.keepGoing ?? false;
        this.tape = new Tape(options.source, this.fingerprint, () => this.events.length, options.keepSites ?? false);
    }
    pick(label, kind, ...alternatives) {
        const chosen = alternatives[this.tape.pick(label, kind, alternatives)];
        if (chosen.includes('/'))
            this.planned[chosen] = (this.planned[chosen] ?? 0) + 1;
        return chosen;
    }
    note(text) {
        const seq = this.events.length;
        this.events.push({ seq, vt: seq, lane: 'run', incarnation: 1, type: 'console', stream: 'log', text });
        this.fingerprint.mix(text.length);
        return seq;
    }
    held(invariant) {
        this.arose[invariant] = (this.arose[invariant] ?? 0) + 1;
    }
    broken(invariant, clause = 'a', tool) {
        this.held(invariant);
        const seq = this.note(`${invariant} is broken`);
        const because = `${invariant} was seen broken`;
        this.violations.push({ invariant, clause, because, witness: [seq], seq, ...(tool !== undefined && { tool }) });
        if (!this.#keepGoing)
            throw new Stopped();
    }
    result(scenario) {
        const { tape, events, violations, goal, problems, fingerprint, arose, planned } = this;
        return {
            scenario,
            ending: violations.length > 0 ? 'stopped' : 'rest',
            status: 'completed',
            reason: 'done',
            goal,
            violations,
            verdicts: Object.keys(arose).map((invariant) => ({
                invariant,
                verdict: violations.some((one) => one.invariant === invariant) ? 'invalid' : 'valid',
                arose: arose[invariant],
            })),
            decisions: tape.decisions,
            visited: tape.visited,
            faults: Object.fromEntries(Object.entries(planned).map(([name, count]) => [name, { planned: count, injected: count, landed: count }])),
            problems,
            console: [],
            fingerprint: fingerprint.text,
            events,
            facts: {
                own: true,
                limits: undefined,
                tools: [],
                retry: undefined,
                intended: {},
                scripted: true,
                backends: ['shop'],
            },
            steps: events.length,
            virtualMs: events.length,
        };
    }
}
/** A `runTrial` over toy agents by scenario name. */
export function toyTrials(agents) {
    return async ({ name }, options) => {
        const toy = new Toy(options);
        try {
            agents[name]?.(toy);
        }
        catch (error) {
            if (!(error instanceof Stopped))
                throw error;
        }
        return toy.result(name);
    };
}
export const outcomes = [
    'ok',
    'tool/error',
    'tool/timeout-before-effect',
    'tool/timeout-after-effect',
    'process/crash-after-effect',
];
/**
 * Charges `calls` orders, three attempts each, with a new key every time: an answer that is lost after the effect charges
 * twice. With `keyed` it does not.
 */
export function shopper({ calls = 3, keyed = false } = {}) {
    return (toy) => {
        toy.pick('storm-end', 'storm', '60000', '30000', '15000');
        const cents = toy.tape.below('shop.state/cents', 1000);
        for (let call = 0; call < calls; call++) {
            let effects = 0;
            for (let attempt = 1; attempt <= 3; attempt++) {
                const site = `shop.charge#t1.c${call}/a${attempt}`;
                const outcome = toy.pick(site, 'outcome', ...outcomes);
                toy.pick(`${site}@time`, 'time', 'nominal', 'x2', 'x8', 'never');
                toy.pick(`${site}@hold`, 'hold', '0', '1', '2', '3');
                if (outcome === 'tool/error')
                    toy.pick(`${site}@status`, 'parameter', '503', '500', '429');
                toy.note(`${site} ${outcome} ${cents}`);
                const applied = outcome === 'ok' || outcome.endsWith('after-effect');
                if (applied && !(keyed && effects > 0))
                    effects++;
                if (effects > 1)
                    toy.broken('at-most-once-effect', 'a', 'charge');
                else if (applied)
                    toy.held('at-most-once-effect');
                toy.pick(`store/attempt-end/t1.c${call}/a${attempt}/try-1`, 'outcome', 'ok', 'store/fail');
                if (outcome === 'ok')
                    break;
            }
            if (effects === 0)
                toy.goal = false;
        }
        toy.note('rest');
    };
}
export const shopperLore = {
    invariants: () => [
        { name: 'at-most-once-effect', says: 'An effect happens at most once.', usual: 'pass the key', relation: false },
        { name: 'determinism', says: 'The same seed, the same bytes.', usual: 'use the clock', relation: true },
    ],
    sourceLine: () => '',
};
