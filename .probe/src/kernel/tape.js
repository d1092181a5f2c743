/** The tape: every decision of a simulation, by site label and by the name of the chosen alternative, never as random bits. */
import { hash32 } from '../core/digest.js';
export class Tape {
    /** Once true, every choice is the simplest and none is recorded: the calm after the storm. */
    calm = false;
    decisions = [];
    /** Filled only when asked for: the random search needs no list of sites. */
    visited;
    #source;
    #fingerprint;
    #met = new Map();
    #position;
    constructor(source, fingerprint, position, keepSites = false) {
        this.#source = source;
        this.#fingerprint = fingerprint;
        this.#position = position;
        this.visited = keepSites ? [] : undefined;
    }
    /** Chooses among named alternatives; the first is the simplest. Returns its index. */
    pick(label, kind, alternatives) {
        if (this.calm || alternatives.length < 2)
            return 0;
        const site = this.#unique(label);
        const hash = hash32(site);
        this.visited?.push({ label: site, kind, alternatives, seq: this.#position() });
        const index = this.#source.pick(site, hash, kind, alternatives);
        this.#record(site, hash, kind, index, alternatives[index]);
        return index;
    }
    /** Chooses a whole number in `[0, bound)`; 0 is the simplest. */
    below(label, bound) {
        if (this.calm || bound < 2)
            return 0;
        const site = this.#unique(label);
        const hash = hash32(site);
        const value = this.#source.below(site, hash, bound);
        this.#record(site, hash, 'data', value, String(value));
        return value;
    }
    #record(label, hash, kind, index, alternative) {
        if (index === 0)
            return;
        this.#fingerprint.mix(hash ^ index);
        this.decisions.push({ label, kind, alternative, seq: this.#position() });
    }
    /** A label met again (a second incarnation asks for the same site) gets an ordinal within itself. */
    #unique(label) {
        const times = this.#met.get(label) ?? 0;
        this.#met.set(label, times + 1);
        return times === 0 ? label : `${label}~${times}`;
    }
}
