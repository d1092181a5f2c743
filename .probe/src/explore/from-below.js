/** From below: when more than two decisions remain, one or two of the same kind at the same calls may do as well. */
import { callOf } from './label.js';
/** Tries singles, then pairs whose second site is reached after the first. True when one of them broke the target. */
export async function fromBelow(search, mostRuns) {
    const { decisions } = search.best;
    const calls = new Set(decisions.map(({ label }) => callOf(label)));
    const alternatives = new Set(decisions.map(({ alternative }) => alternative));
    const end = search.runs + mostRuns;
    const size = decisions.length;
    const candidates = (sites) => sites
        .filter(({ label }) => calls.has(callOf(label)))
        .flatMap((site) => site.alternatives
        .slice(1)
        .filter((name) => alternatives.has(name))
        .map((name) => [site.label, name]));
    const calm = await search.sites([]);
    if (search.best.decisions.length === 0)
        return true;
    const ones = [];
    for (const pair of candidates(calm ?? [])) {
        if (search.runs >= end)
            break;
        const sites = await search.sites([pair]);
        if (search.best.decisions.length < size)
            return true;
        if (sites)
            ones.push([pair, sites]);
    }
    for (const [first, sites] of ones) {
        const after = sites.findIndex(({ label }) => label === first[0]) + 1;
        for (const second of candidates(sites.slice(after))) {
            if (search.runs >= end)
                return false;
            if (await search.accepts([first, second]))
                return true;
        }
    }
    return false;
}
