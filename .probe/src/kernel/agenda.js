/** What is still to happen: a heap by (due, sequence), and the completions that are held behind others. */
export class Agenda {
    #heap = [];
    #held = [];
    #sequence = 0;
    add(due, kind, hold, run) {
        const entry = { due, sequence: this.#sequence++, kind, run, hold, cancelled: false };
        push(this.#heap, entry);
        return entry;
    }
    /** Removes and returns what happens next; undefined when nothing is left. */
    next() {
        for (;;) {
            const released = this.#release();
            if (released)
                return released;
            const top = this.#heap[0];
            if (top === undefined || (top.kind === 'timer' && !top.cancelled)) {
                const bounded = this.#held.shift();
                if (bounded === undefined)
                    return top && pop(this.#heap);
                if (!bounded.cancelled)
                    return bounded;
                continue;
            }
            pop(this.#heap);
            if (top.cancelled)
                continue;
            if (top.hold > 0) {
                this.#held.push(top);
                continue;
            }
            for (const entry of this.#held)
                entry.hold--;
            return top;
        }
    }
    /** Live entries, the held ones included. */
    pending() {
        return [...this.#heap, ...this.#held].filter((entry) => !entry.cancelled);
    }
    #release() {
        if (this.#held.length === 0)
            return undefined;
        const index = this.#held.findIndex((entry) => entry.hold <= 0 || entry.cancelled);
        if (index < 0)
            return undefined;
        const [entry] = this.#held.splice(index, 1);
        return entry?.cancelled ? this.#release() : entry;
    }
}
function before(a, b) {
    return a.due < b.due || (a.due === b.due && a.sequence < b.sequence);
}
function push(heap, entry) {
    let i = heap.length;
    heap.push(entry);
    while (i > 0) {
        const parent = (i - 1) >> 1;
        if (!before(entry, heap[parent]))
            break;
        heap[i] = heap[parent];
        i = parent;
    }
    heap[i] = entry;
}
function pop(heap) {
    const top = heap[0];
    const last = heap.pop();
    if (top === undefined || last === undefined || heap.length === 0)
        return top;
    let i = 0;
    for (;;) {
        let child = 2 * i + 1;
        if (child >= heap.length)
            break;
        if (child + 1 < heap.length && before(heap[child + 1], heap[child]))
            child++;
        if (!before(heap[child], last))
            break;
        heap[i] = heap[child];
        i = child;
    }
    heap[i] = last;
    return top;
}
