/** Promises of users: a fold over what really happened, whose every handler must answer skip, held or broken. */
import { StormproofError } from '../core/error.js';
/** Makes a value and runs nothing: a scenario, or the configuration, watches it. */
export function defineInvariant(invariant) {
    const defined = {
        name: invariant.name,
        '~definition': {
            says: invariant.says,
            backends: Object.keys(invariant.backends ?? {}),
            start: invariant.start,
            on: invariant.on,
            atRest: invariant.atRest,
        },
    };
    return defined;
}
const plainEvents = ['run-end', 'call-settled', 'prompt-received', 'crash'];
/**
 * The check behind an invariant, for a scenario with these backends (by key). Throws a `scenario` error when the invariant
 * watches a backend the scenario lacks, or an event nobody emits.
 */
export function toCheck(invariant, backendKeys) {
    const definition = invariant['~definition'];
    if (!definition) {
        throw new StormproofError('scenario', `an invariant made by defineInvariant was expected, but ${JSON.stringify(invariant)} came`, {
            remedy: 'wrap it: defineInvariant({ name, says, start, on })',
        });
    }
    const missing = definition.backends.find((key) => !backendKeys.includes(key));
    if (missing !== undefined) {
        throw new StormproofError('scenario', `the invariant ${invariant.name} watches the backend ${missing}, which the scenario lacks`, {
            remedy: `add it under that key: backends: { ${missing} }`,
        });
    }
    const { on, atRest } = definition;
    refuseUnknown(invariant.name, Object.keys(on), backendKeys);
    const check = {
        name: invariant.name,
        says: definition.says,
        kind: atRest ? 'liveness' : 'safety',
        clauses: { a: definition.says },
        usual: 'see the promise: it is one of this project',
        mutant: '',
        concerns: () => true,
        start: definition.start,
        on: handlersOf(on),
        // Truncated, the world did not come to rest: nothing to judge.
        ...(atRest
            ? {
                atRest: (state, judge, truncated) => (truncated ? judge.skip : atRest(state, judge)),
            }
            : {}),
    };
    return check;
}
function handlersOf(on) {
    const handlers = {};
    for (const type of plainEvents)
        if (on[type])
            handlers[type] = on[type];
    if (Object.keys(on).some((key) => key.includes('.'))) {
        handlers['effect-applied'] = (state, event, judge) => {
            const handle = on[`${event.backend}.${event.operation}`];
            if (!handle)
                return judge.skip;
            const { seq, vt, input, key } = event;
            return handle(state, { seq, vt, input, key, at: vt, compensated: false }, judge);
        };
    }
    return handlers;
}
function refuseUnknown(name, keys, backendKeys) {
    const known = (key) => plainEvents.includes(key) || backendKeys.some((backend) => key.startsWith(`${backend}.`));
    const unknown = keys.find((key) => !known(key));
    if (unknown === undefined)
        return;
    throw new StormproofError('scenario', `the invariant ${name} listens to ${unknown}, which nobody emits`, {
        remedy: `use one of ${plainEvents.join(', ')}, or an effect: ${backendKeys.map((key) => `${key}.<write operation>`).join(', ')}`,
    });
}
