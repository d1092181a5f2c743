/** Swarm: each storm switches a random subset of the kinds off, so that rare mixtures of the others come up. */
import { hash32, mix32 } from '../core/digest.js';
import { randomSource } from './random-source.js';
const share = hash32('swarm-share');
const spared = hash32('swarm-spared');
/** Which kinds this storm is without: each with one probability, itself drawn from U(0, 1); one kind always stays. */
export function swarmOff(key, preset) {
    const threshold = mix32(key ^ share);
    const kinds = Object.keys(preset.outcomes);
    const kept = kinds[mix32(key ^ spared) % Math.max(1, kinds.length)];
    const known = new Map();
    return (kind) => {
        const before = known.get(kind);
        if (before !== undefined)
            return before;
        const off = kind !== kept && mix32(key ^ hash32(kind)) < threshold;
        known.set(kind, off);
        return off;
    };
}
export const swarmSource = (key, preset) => randomSource(key, preset, swarmOff(key, preset));
