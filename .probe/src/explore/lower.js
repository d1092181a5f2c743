/** Lowering: every remaining decision takes the simplest alternative that still breaks the target. */
import { pairsOf } from './shrink-search.js';
/** True when something became simpler. */
export async function lower(search) {
    let changed = false;
    const sites = new Map((await search.sites(pairsOf(search)))?.map((site) => [site.label, site.alternatives]));
    for (const [label] of pairsOf(search)) {
        const pairs = pairsOf(search);
        const alternative = pairs.find((pair) => pair[0] === label)?.[1];
        if (alternative === undefined)
            continue;
        const put = (simpler) => pairs.map((pair) => (pair[0] === label ? [label, simpler] : pair));
        for (const simpler of simplerThan(alternative, sites.get(label)))
            if (await search.accepts(put(simpler))) {
                changed = true;
                break;
            }
    }
    return changed;
}
/** Named alternatives leftwards from the simplest; numbers that were drawn in halves up to the one that was. */
function simplerThan(alternative, alternatives) {
    if (alternatives)
        return alternatives.slice(1, Math.max(1, alternatives.indexOf(alternative)));
    const number = Number(alternative);
    const lower = [];
    for (let divisor = 2 ** 31; divisor >= 2; divisor /= 2) {
        const value = Math.floor(number / divisor);
        if (value >= 1 && lower.at(-1) !== String(value))
            lower.push(String(value));
    }
    return lower;
}
