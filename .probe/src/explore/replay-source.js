/** Replay: base zero, and named alternatives at named sites. */
/** Of two decisions about one label the later counts. */
export function replaySource(decisions) {
    const overrides = new Map(decisions);
    const met = new Set();
    const meet = (label, index) => {
        met.add(label);
        return index;
    };
    return {
        pick(label, _hash, _kind, alternatives) {
            const wanted = overrides.get(label);
            if (wanted === undefined)
                return 0;
            const index = alternatives.indexOf(wanted);
            return index < 0 ? 0 : meet(label, index);
        },
        below(label, _hash, bound) {
            const wanted = overrides.get(label);
            if (wanted === undefined || !/^(0|[1-9]\d*)$/.test(wanted))
                return 0;
            const value = Number(wanted);
            return value < bound ? meet(label, value) : 0;
        },
        unconsumed: () => [...overrides].filter(([label]) => !met.has(label)),
    };
}
