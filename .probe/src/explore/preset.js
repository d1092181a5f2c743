/** Presets: how bad the weather is, as tables. All chances are per mille, all weights whole numbers. */
import { StormproofError } from '../core/error.js';
const anyReaction = { 'go-on': 1, again: 1, 'give-up': 1 };
const none = {
    name: 'none',
    rate: 0,
    storeRate: 0,
    cap: 0,
    crashes: { most: 0, perMille: 0 },
    swarm: false,
    outcomes: {},
    custom: 0,
    timeRate: 0,
    times: {},
    holdRate: 250,
    reactions: anyReaction,
    parameters: {},
};
const light = {
    name: 'light',
    rate: 50,
    storeRate: 15,
    cap: 2,
    crashes: { most: 1, perMille: 200 },
    swarm: false,
    outcomes: {
        'model/http-error': 250,
        'tool/error': 250,
        'tool/timeout-before-effect': 100,
        'tool/timeout-after-effect': 100,
        'process/crash-before-effect': 25,
        'process/crash-after-effect': 25,
        'tool/rate-limited': 0,
        'tool/garbage-result': 0,
        'tool/partial-effect': 0,
        'model/malformed-args': 0,
        'model/unknown-tool': 0,
        'model/lost': 0,
        'store/fail': 0,
        'store/lost-acknowledgement': 0,
    },
    custom: 100,
    timeRate: 20,
    times: { x2: 4, x8: 1 },
    holdRate: 100,
    reactions: { 'go-on': 1, again: 1 },
    parameters: { status: ['503', '429', '500', '529'] },
};
const stormy = {
    name: 'stormy',
    rate: 150,
    storeRate: 40,
    cap: 12,
    crashes: { most: 2, perMille: 500 },
    swarm: true,
    // The weight of a family, shared by its kinds: tool 280, model 220, store 80, process 80.
    outcomes: {
        'tool/error': 47,
        'tool/rate-limited': 47,
        'tool/timeout-before-effect': 47,
        'tool/timeout-after-effect': 47,
        'tool/garbage-result': 46,
        'tool/partial-effect': 46,
        'model/http-error': 55,
        'model/malformed-args': 55,
        'model/unknown-tool': 55,
        'model/lost': 55,
        'store/fail': 40,
        'store/lost-acknowledgement': 40,
        'process/crash-before-effect': 40,
        'process/crash-after-effect': 40,
    },
    custom: 47,
    timeRate: 120,
    times: {
        x2: 32,
        x8: 20,
        x64: 10,
        'before-deadline': 8,
        'at-deadline': 5,
        'after-deadline': 10,
        'after-turn': 6,
        'after-run': 4,
        never: 5,
    },
    holdRate: 250,
    reactions: anyReaction,
    parameters: {},
};
const hostile = {
    ...stormy,
    name: 'hostile',
    rate: 300,
    storeRate: 80,
    cap: Number.MAX_SAFE_INTEGER,
    crashes: { most: 4, perMille: 500 },
    // Every family weighs the same.
    outcomes: {
        'tool/error': 15,
        'tool/rate-limited': 15,
        'tool/timeout-before-effect': 15,
        'tool/timeout-after-effect': 15,
        'tool/garbage-result': 15,
        'tool/partial-effect': 15,
        'model/http-error': 23,
        'model/malformed-args': 23,
        'model/unknown-tool': 23,
        'model/lost': 23,
        'store/fail': 45,
        'store/lost-acknowledgement': 45,
        'process/crash-before-effect': 45,
        'process/crash-after-effect': 45,
    },
    custom: 15,
    timeRate: 250,
    times: {
        x2: 16,
        x8: 16,
        x64: 12,
        'before-deadline': 10,
        'at-deadline': 8,
        'after-deadline': 14,
        'after-turn': 8,
        'after-run': 6,
        never: 10,
    },
    holdRate: 400,
};
const presets = { none, light, stormy, hostile };
/** The mixes of the literature, and the faults they need that cannot be simulated yet. */
const lacking = {
    'rb-0.1': ['tool/empty-result'],
    'rb-0.2': ['tool/partial-result', 'tool/schema-drift', 'tool/stale-data'],
    'rb-0.3': ['tool/partial-result', 'tool/schema-drift', 'transport/reset', 'tool/cascade'],
    hal: ['transport/reset', 'tool/partial-result', 'tool/empty-result'],
};
export const presetNames = Object.keys(presets);
/** Throws a `config` error for a name that is no preset, or one whose faults this version lacks. */
export function presetOf(name) {
    const preset = Object.hasOwn(presets, name) ? presets[name] : undefined;
    if (preset)
        return preset;
    const missing = Object.hasOwn(lacking, name) ? lacking[name] : undefined;
    throw new StormproofError('config', missing
        ? `the preset ${JSON.stringify(name)} needs faults that this version lacks: ${missing.join(', ')}`
        : `there is no preset ${JSON.stringify(name)}`, { remedy: `use one of ${presetNames.join(', ')}` });
}
