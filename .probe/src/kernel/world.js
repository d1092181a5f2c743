/** One simulated world: a tape that decides, a clock that jumps from event to event, a history of all that happened. */
import { hash32, mix32 } from '../core/digest.js';
import { Agenda } from './agenda.js';
import { Fingerprint } from './fingerprint.js';
import { EffectLedger } from './ledger.js';
import { Tape } from './tape.js';
const typeHash = new Map();
export class World {
    tape;
    fingerprint = new Fingerprint();
    ledger = new EffectLedger();
    events = [];
    scopes;
    epochMs;
    /** What others keep for this world, each under a symbol of its own. */
    kept = new Map();
    /** Which life of the agent this is, from 1. */
    incarnation = 1;
    /** The world has ended: what its orphans still do is swallowed. */
    over = false;
    #now = 0;
    #wallOffset = 0;
    #steps = 0;
    #stopped = false;
    #rootSettledAt;
    #agenda = new Agenda();
    #options;
    #draws = new Map();
    #timers = 0;
    #whenSettled = [];
    constructor(options) {
        this.#options = options;
        this.scopes = options.scopes;
        this.epochMs = options.epochMs;
        this.tape = new Tape(options.source, this.fingerprint, () => this.events.length, options.keepSites ?? false);
    }
    /** Virtual monotonic milliseconds since the trial began. */
    get now() {
        return this.#now;
    }
    get wall() {
        return this.epochMs + this.#now + this.#wallOffset;
    }
    get steps() {
        return this.#steps;
    }
    /** Moves the wall clock alone; monotonic time goes on. */
    jumpWall(byMs) {
        this.#wallOffset += byMs;
    }
    emit(type, payload, lane) {
        this.#append({ seq: this.events.length, vt: this.#now, lane, incarnation: this.incarnation, type, ...payload });
    }
    /** Appends what a store applied. */
    emitApplied(event, lane) {
        this.#append({ seq: this.events.length, vt: this.#now, lane, incarnation: this.incarnation, ...event });
    }
    #append(event) {
        this.events.push(event);
        let hash = typeHash.get(event.type);
        if (hash === undefined) {
            hash = hash32(event.type);
            typeHash.set(event.type, hash);
        }
        this.fingerprint.mix(hash ^ mix32(this.#now) ^ this.incarnation);
        this.#options.onEvent?.(event, this);
    }
    /** An answer of the world, `delayMs` from now; whether others pass it is a choice at `label@hold`. */
    complete(label, delayMs, run) {
        const hold = this.tape.pick(`${label}@hold`, 'hold', HOLDS);
        return this.#agenda.add(this.#now + delayMs, 'completion', hold, run);
    }
    /** Something that must happen at its time: never held. */
    timer(delayMs, run) {
        this.#timers++;
        const entry = this.#agenda.add(this.#now + delayMs, 'timer', 0, () => {
            this.#timers--;
            entry.cancelled = true;
            run();
        });
        return {
            cancel: () => {
                if (entry.cancelled)
                    return;
                this.#timers--;
                entry.cancelled = true;
            },
        };
    }
    /** Chance that is no decision: a pure function of label and ordinal, the same under every seed, in `[0, 2^32)`. */
    chance(label) {
        const times = this.#draws.get(label) ?? 0;
        this.#draws.set(label, times + 1);
        return mix32(hash32(label) ^ Math.imul(times + 1, 0x9e3779b1));
    }
    /** Ends the trial after the current event. */
    stop() {
        this.#stopped = true;
    }
    /** Told by whoever started the root that it has settled; the world then goes on to its horizon. */
    rootSettled() {
        if (this.#rootSettledAt !== undefined)
            return;
        this.#rootSettledAt = this.#now;
        for (const tell of this.#whenSettled)
            tell();
    }
    /** Calls back once, when the root settles. */
    whenRootSettled(tell) {
        this.#whenSettled.push(tell);
    }
    /** Lives of the agent end and begin here; everything of the old one that still waits will wait for ever. */
    nextIncarnation() {
        this.incarnation++;
        return this.incarnation;
    }
    /** Timers that somebody of the living still waits for. */
    get liveTimers() {
        return this.#timers;
    }
    /** Steps until nothing is left, a budget ends, or somebody stops it. */
    run(scope, root) {
        return new Promise((resolve, reject) => {
            const end = (ending) => {
                this.over = true;
                resolve(ending);
            };
            let waited = false;
            const step = () => {
                const ending = this.#ending();
                if (ending)
                    return end(ending);
                const entry = this.#agenda.next();
                if (!entry) {
                    if (this.#rootSettledAt !== undefined)
                        return end('rest');
                    if (waited || !this.#options.patience)
                        return end('deadlock');
                    waited = true;
                    return this.#options.patience(step);
                }
                waited = false;
                if (this.#rootSettledAt !== undefined && entry.due > this.#rootSettledAt + this.#options.horizonMs)
                    return end('rest');
                if (entry.due > this.#options.budgetMs)
                    return end('time');
                if (entry.due > this.#now)
                    this.#now = entry.due;
                this.#steps++;
                try {
                    entry.run();
                }
                catch (error) {
                    reject(error);
                    return;
                }
                this.#options.boundary(step);
            };
            this.scopes.run(scope, root);
            this.#options.boundary(step);
        });
    }
    #ending() {
        if (this.#stopped)
            return 'stopped';
        return this.#steps >= this.#options.maxSteps ? 'steps' : undefined;
    }
}
/** A completion may let up to seven others pass. */
const HOLDS = ['0', '1', '2', '3', '4', '5', '6', '7'];
