/** The single writer of a run's durable log: one append at a time, each acknowledged before the next is made. */
import { canonical } from '../core/json.js';
import { isStoreError, StoreError } from '../core/store.js';
import { Fenced } from './fenced.js';
import { insist, patience } from './insist.js';
export class Journal {
    #ports;
    #epoch;
    #version;
    #tail = Promise.resolve();
    #held = [];
    constructor(ports, loaded) {
        this.#ports = ports;
        this.#epoch = loaded.epoch;
        this.#version = loaded.version;
    }
    /**
     * Resolves when the events are durable and in the state. Rejects with `Fenced` when another writer took over, with the
     * store's error when it kept failing; nothing is written after either.
     */
    append(entry) {
        this.#tail = this.#tail.then(() => this.#write(typeof entry === 'function' ? entry() : entry));
        return this.#tail;
    }
    async #write(events) {
        if (events.length === 0)
            return;
        if (this.#ports.writesNow(events)) {
            await this.#persist(this.#held.length === 0 ? events : [...this.#held, ...events]);
            this.#held = [];
        }
        else
            this.#held = [...this.#held, ...events];
        for (const event of events)
            this.#ports.take(event);
    }
    /** A lost acknowledgement is looked up before anything is written again: an append counts once. */
    async #persist(events) {
        const { session, store, clock } = this.#ports;
        let isDoubtful = false;
        for (let attempt = 1;; attempt++) {
            const expected = { version: this.#version, epoch: this.#epoch };
            let problem;
            try {
                const answer = await store.append(session, expected, events);
                if (answer.kind === 'ok') {
                    this.#version = answer.version;
                    return;
                }
                if (isDoubtful && answer.kind === 'conflict' && (await this.#holds(events, answer.version)))
                    return;
                throw new Fenced(session);
            }
            catch (error) {
                if (error instanceof Fenced)
                    throw error;
                problem = error;
                isDoubtful ||= !isStoreError(error) || error.applied === 'unknown';
            }
            if (isDoubtful && (await this.#holds(events, this.#version)))
                return;
            await patience(clock, attempt, problem);
        }
    }
    /** Whether the log goes on with exactly these events. A log shorter than `atLeast` is an old copy: it is read again. */
    async #holds(events, atLeast) {
        const { session, store, clock } = this.#ports;
        const log = await insist(clock, async () => {
            const read = await store.read(session);
            if (read.version < atLeast)
                throw new StoreError(`session ${session} was read as it used to be`, 'no');
            return read;
        });
        if (log.epoch > this.#epoch)
            throw new Fenced(session);
        if (log.version === this.#version)
            return false;
        const written = log.events.slice(this.#version, this.#version + events.length);
        if (canonical(written) !== canonical(events))
            throw new Fenced(session);
        this.#version += events.length;
        return true;
    }
}
