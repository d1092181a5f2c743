/** A running 32-bit mix over all that a trial chose and did: cheap enough for every event, equal for equal trials. */
export class Fingerprint {
    #state = 0x811c9dc5;
    mix(value) {
        this.#state = Math.imul((this.#state ^ value) | 0, 0x01000193);
        this.#state ^= this.#state >>> 15;
    }
    /** Eight hex digits. */
    get text() {
        return (this.#state >>> 0).toString(16).padStart(8, '0');
    }
}
