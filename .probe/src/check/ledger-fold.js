/** The ledger a user sees, as a fold over effects: `ledger.payments.charge` is the list of charges applied. */
/** Begins an empty ledger; feed it the events, all or only `effect-applied` and `effect-compensated`. */
export function foldLedger(shape) {
    const ledger = {};
    for (const { backend, operations } of shape) {
        ledger[backend] = {};
        for (const operation of operations)
            ledger[backend][operation] = [];
    }
    const places = new Map();
    const takeBack = (effect) => {
        const place = places.get(effect);
        const line = place?.lines[place.index];
        if (place && line)
            place.lines[place.index] = { ...line, compensated: true };
    };
    const add = (event) => {
        ledger[event.backend] ??= {};
        const operations = ledger[event.backend];
        operations[event.operation] ??= [];
        const lines = operations[event.operation];
        places.set(event.effect, { lines, index: lines.length });
        lines.push({ input: event.input, key: event.key, at: event.vt, compensated: false });
        if (event.compensates !== undefined)
            takeBack(event.compensates);
    };
    return {
        ledger,
        apply(event) {
            if (event.type === 'effect-applied')
                add(event);
            else if (event.type === 'effect-compensated')
                takeBack(event.effect);
        },
    };
}
