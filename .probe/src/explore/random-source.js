/** Random choices: each a pure mix of the storm's key and the site's label; the only state is what caps have left. */
import { hash32, mix32 } from '../core/digest.js';
const nothingOff = () => false;
// Salts: the draws of one site must not repeat each other.
const chosen = 0x9e3779b9;
const crashes = hash32('crashes');
/** Answers in time are slow, not lost: they cost nothing of the cap. */
const inTime = new Set(['nominal', 'x2', 'x8', 'x64', 'before-deadline']);
const holdWeights = [0, 32, 16, 8, 4, 2, 1, 1];
export const isCrash = (alternative) => alternative.startsWith('process/crash');
export function randomSource(key, preset, off = nothingOff) {
    let faults = preset.cap;
    let crashesLeft = crashesGranted(key, preset);
    const draw = (hash, salt) => mix32(key ^ mix32(hash ^ salt));
    const happens = (hash, perMille) => draw(hash, 0) % 1000 < perMille;
    const outcome = (label, hash, alternatives) => {
        if (faults === 0 || !happens(hash, label.startsWith('store/') ? preset.storeRate : preset.rate))
            return 0;
        const index = weighted(draw(hash, chosen), alternatives, (name) => off(name) || (crashesLeft === 0 && isCrash(name)) ? 0 : (preset.outcomes[name] ?? preset.custom));
        if (index === 0)
            return 0;
        faults--;
        if (isCrash(alternatives[index]))
            crashesLeft--;
        return index;
    };
    const time = (label, hash, alternatives) => {
        if (!happens(hash, label.startsWith('store/') ? preset.storeRate : preset.timeRate))
            return 0;
        const index = weighted(draw(hash, chosen), alternatives, (name) => off(name) || (faults === 0 && !inTime.has(name)) ? 0 : (preset.times[name] ?? 0));
        if (index > 0 && !inTime.has(alternatives[index]))
            faults--;
        return index;
    };
    const hold = (hash, alternatives) => {
        if (!happens(hash, preset.holdRate) || off('hold'))
            return 0;
        return weighted(draw(hash, chosen), alternatives, (_, index) => holdWeights[index] ?? 0);
    };
    const pick = (label, hash, kind, alternatives) => {
        switch (kind) {
            case 'outcome':
                return outcome(label, hash, alternatives);
            case 'time':
                return time(label, hash, alternatives);
            case 'hold':
                return hold(hash, alternatives);
            case 'reaction':
                return reaction(draw(hash, chosen), alternatives, preset);
            case 'parameter':
                return parameter(draw(hash, chosen), label, alternatives, preset);
            case 'data':
            case 'storm':
                return draw(hash, chosen) % alternatives.length;
        }
    };
    return { pick, below: (_label, hash, bound) => draw(hash, chosen) % bound };
}
function crashesGranted(key, { crashes: { most, perMille } }) {
    let granted = 0;
    for (let i = 0; i < most; i++)
        if (mix32(key ^ mix32(crashes + i)) % 1000 < perMille)
            granted++;
    return granted;
}
function reaction(number, alternatives, preset) {
    let total = 0;
    for (const name of alternatives)
        total += preset.reactions[name] ?? 0;
    if (total === 0)
        return 0;
    let rest = number % total;
    for (let i = 0; i < alternatives.length; i++) {
        rest -= preset.reactions[alternatives[i]] ?? 0;
        if (rest < 0)
            return i;
    }
    return 0;
}
function parameter(number, label, alternatives, preset) {
    const only = preset.parameters[parameterName(label)];
    if (!only)
        return number % alternatives.length;
    return Math.max(0, alternatives.indexOf(only[number % only.length]));
}
/** `model/t2/a1@status~1` → `status`. */
const parameterName = (label) => label.slice(label.lastIndexOf('@') + 1).replace(/~\d+$/, '');
/** An index from 1 by weight; 0 when nothing weighs anything. */
function weighted(number, alternatives, weigh) {
    let total = 0;
    for (let i = 1; i < alternatives.length; i++)
        total += weigh(alternatives[i], i);
    if (total === 0)
        return 0;
    let rest = number % total;
    for (let i = 1; i < alternatives.length; i++) {
        rest -= weigh(alternatives[i], i);
        if (rest < 0)
            return i;
    }
    return 0;
}
