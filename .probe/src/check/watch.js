/** Watches a history grow: each event goes to the checks that name it, by one table lookup. */
import { brokenOf, impartial } from './judgement.js';
/** Compiles checks into a dispatch table. Relations are left out: comparing two runs judges them. */
export function watcher(checks) {
    const watched = checks.filter((check) => !check.relation);
    let facts;
    let plan;
    return {
        begin(now) {
            if (plan === undefined || facts !== now)
                plan = compile(watched, now);
            facts = now;
            return new TrialWatch(plan, now);
        },
    };
}
function compile(checks, facts) {
    const table = Object.create(null);
    const concerned = checks.map((check) => check.concerns(facts));
    for (const [index, check] of checks.entries()) {
        if (!concerned[index])
            continue;
        for (const type of Object.keys(check.on)) {
            const handle = check.on[type];
            if (!handle)
                continue;
            table[type] ??= [];
            table[type].push({ index, handle });
        }
    }
    return { checks, concerned, table };
}
class TrialWatch {
    violations = [];
    #plan;
    #states;
    #arose;
    /** Checks that hear no more: broken, failed or not concerned. */
    #done;
    #broken = new Map();
    #reasons = new Map();
    #truncated = true;
    #seq = 0;
    constructor(plan, facts) {
        this.#plan = plan;
        this.#arose = plan.checks.map(() => 0);
        this.#done = plan.concerned.map((concerned) => !concerned);
        this.#states = plan.checks.map((check, index) => plan.concerned[index] ? this.#begin(check, index, facts) : undefined);
    }
    feed(event) {
        this.#seq = event.seq;
        const entries = this.#plan.table[event.type];
        if (entries === undefined)
            return;
        for (let i = 0; i < entries.length; i++) {
            const { index, handle } = entries[i];
            if (this.#done[index])
                continue;
            try {
                const judgement = handle(this.#states[index], event, impartial);
                if (judgement !== impartial.skip)
                    this.#note(index, judgement);
            }
            catch (thrown) {
                this.#fail(index, thrown);
            }
        }
    }
    rest(truncated) {
        this.#truncated = truncated;
        for (const [index, check] of this.#plan.checks.entries()) {
            if (this.#done[index] || !check.atRest)
                continue;
            try {
                const judgement = check.atRest(this.#states[index], impartial, truncated);
                if (judgement !== impartial.skip)
                    this.#note(index, judgement);
            }
            catch (thrown) {
                this.#fail(index, thrown);
            }
        }
    }
    verdicts() {
        return this.#plan.checks.map((check, index) => {
            const violation = this.#broken.get(index);
            const arose = this.#arose[index];
            const concerned = this.#concerned(check, index);
            if (violation)
                return { invariant: check.name, verdict: 'invalid', arose, concerned: true, violation };
            const reason = this.#reasons.get(index) ?? this.#unrested(check, index);
            if (reason !== undefined)
                return { invariant: check.name, verdict: 'unknown', arose, concerned, reason };
            return { invariant: check.name, verdict: 'valid', arose, concerned };
        });
    }
    #begin(check, index, facts) {
        try {
            return check.start(facts);
        }
        catch (thrown) {
            this.#fail(index, thrown);
            return undefined;
        }
    }
    #note(index, judgement) {
        if (judgement === impartial.held) {
            this.#arose[index]++;
            return;
        }
        const broken = brokenOf(judgement);
        if (!broken)
            throw new TypeError('a handler answered neither skip, held nor broken');
        this.#arose[index]++;
        const violation = {
            invariant: this.#plan.checks[index].name,
            clause: broken.clause ?? 'a',
            because: broken.because,
            witness: broken.witness ? [...new Set(broken.witness)].sort((a, b) => a - b) : [this.#seq],
            seq: this.#seq,
            ...(broken.tool === undefined ? {} : { tool: broken.tool }),
        };
        this.#done[index] = true;
        this.#broken.set(index, violation);
        this.violations.push(violation);
    }
    #fail(index, thrown) {
        this.#done[index] = true;
        this.#reasons.set(index, `the check threw at event ${this.#seq}: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
    }
    #concerned(check, index) {
        if (!this.#plan.concerned[index] || this.#reasons.has(index))
            return this.#plan.concerned[index];
        return check.met ? check.met(this.#states[index]) : true;
    }
    #unrested(check, index) {
        if (check.kind !== 'liveness' || !this.#truncated || !this.#plan.concerned[index])
            return undefined;
        return 'the trial ended by a budget before the world came to rest';
    }
}
