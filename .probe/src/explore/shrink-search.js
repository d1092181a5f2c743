/** One search for a smaller repro: what was tried, the best so far, and how many re-runs are left. */
export const pairOf = ({ label, alternative }) => [label, alternative];
/** The decisions of the best replay so far. */
export const pairsOf = (search) => search.best.decisions.map(pairOf);
export class ShrinkSearch {
    #runs = 0;
    #best;
    #bound;
    #again;
    #target;
    #tried = new Map();
    #visited = new Map();
    constructor(again, target, bound, first, runs) {
        this.#again = again;
        this.#target = target;
        this.#bound = bound;
        this.#best = first;
        this.#runs = runs;
    }
    /** Materialises: the decisions over base zero. Undefined when they do not break the target. */
    static async begin(decisions, target, again, bound) {
        const hit = hitOf(await again(decisions, false), target);
        return hit && new ShrinkSearch(again, target, bound, hit, 1);
    }
    get best() {
        return this.#best;
    }
    get runs() {
        return this.#runs;
    }
    get spent() {
        return this.#runs >= this.#bound;
    }
    /** Runs the decisions; when they break the target they are the best from now on. The same set is never run twice. */
    async accepts(decisions) {
        const key = keyOf(decisions);
        if (this.#tried.has(key)) {
            const known = this.#tried.get(key);
            if (known)
                this.#best = known;
            return known;
        }
        if (this.spent)
            return undefined;
        return this.#run(decisions, key, false);
    }
    /** All sites that the decisions lead to; undefined when the bound is reached. */
    async sites(decisions) {
        const key = keyOf(decisions);
        if (!this.#visited.has(key) && !this.spent)
            await this.#run(decisions, key, true);
        return this.#visited.get(key);
    }
    async #run(decisions, key, keepSites) {
        this.#runs++;
        const rerun = await this.#again(decisions, keepSites);
        const hit = hitOf(rerun, this.#target);
        this.#tried.set(key, hit);
        if (rerun.visited)
            this.#visited.set(key, rerun.visited);
        if (hit)
            this.#best = hit;
        return hit;
    }
}
function hitOf(rerun, target) {
    const violation = rerun.violations.find(({ invariant, clause }) => invariant === target.invariant && clause === target.clause);
    return violation && { decisions: rerun.decisions, violation, events: rerun.events };
}
const keyOf = (decisions) => decisions
    .map(([label, alternative]) => `${label}=${alternative}`)
    .sort()
    .join('\n');
