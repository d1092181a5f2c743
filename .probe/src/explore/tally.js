/** Running sums over the trials of one scenario. */
/** Only fresh storms count in rates; faults, invariants and virtual time count over all trials. */
export class Tally {
    storms = 0;
    survived = 0;
    goals = 0;
    unknown = 0;
    singles = 0;
    kept = 0;
    virtualMs = 0;
    #faults = new Map();
    #arose = new Map();
    #concerned = new Set();
    #broken = new Map();
    #problems = new Map();
    add({ record, problems, unknown, concerned }) {
        this.virtualMs += record.virtualMs;
        this.#count(record, unknown || problems.length > 0);
        for (const name of concerned)
            this.#concerned.add(name);
        for (const name in record.faults)
            this.#addFault(name, record.faults[name]);
        for (const name in record.arose)
            this.#arose.set(name, (this.#arose.get(name) ?? 0) + record.arose[name]);
        for (const name of new Set(record.violations.map(({ invariant }) => invariant)))
            this.#broken.set(name, (this.#broken.get(name) ?? 0) + 1);
        for (const problem of problems)
            this.addProblem(problem);
    }
    /** The same problem in many trials is one. */
    addProblem(problem) {
        const key = `${problem.kind}\n${problem.what}\n${problem.where}`;
        if (!this.#problems.has(key))
            this.#problems.set(key, problem);
    }
    get problems() {
        return [...this.#problems.values()];
    }
    get faults() {
        return Object.fromEntries([...this.#faults].sort(([one], [other]) => (one < other ? -1 : 1)));
    }
    hasBroken(invariant) {
        return this.#broken.has(invariant);
    }
    /**
     * In the order of `known`; what only trials named (a scenario's own promises) comes after.
     * Relations are judged by the trials that were run twice: `pairs` of them, of which `apart` differed.
     */
    invariants(known, pairs, apart) {
        const names = new Set([...known.map(({ name }) => name), ...this.#arose.keys(), ...this.#broken.keys()]);
        const infos = new Map(known.map((info) => [info.name, info]));
        return [...names].map((name) => {
            const info = infos.get(name);
            const arose = info?.relation ? pairs : (this.#arose.get(name) ?? 0);
            const broken = info?.relation ? apart : (this.#broken.get(name) ?? 0);
            const concerned = this.#concerned.has(name) || info?.relation;
            const group = arose > 0 || broken > 0 ? 'tested' : concerned ? 'never-arose' : 'not-concerned';
            return { name, says: info?.says ?? name, group, arose, broken };
        });
    }
    #count(record, unsure) {
        if (record.origin === 'single')
            this.singles++;
        if (record.origin === 'kept')
            this.kept++;
        if (record.origin !== 'fresh')
            return;
        this.storms++;
        if (record.goal === true)
            this.goals++;
        if (record.violations.length > 0)
            return;
        // Stopped by a budget, or by a fault of the scenario: nothing was broken so far, and nobody knows what would have been.
        if (unsure || record.ending === 'steps' || record.ending === 'time')
            this.unknown++;
        else
            this.survived++;
    }
    #addFault(name, { planned, injected, landed }) {
        const sum = this.#faults.get(name);
        if (!sum) {
            this.#faults.set(name, { planned, injected, landed });
            return;
        }
        sum.planned += planned;
        sum.injected += injected;
        sum.landed += landed;
    }
}
