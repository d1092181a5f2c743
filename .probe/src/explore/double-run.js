/** Determinism: the same job twice must leave the same history. Fingerprints are compared first, bytes only when they differ. */
import { canonical } from '../core/json.js';
export function bytesOf(result) {
    return {
        fingerprint: result.fingerprint,
        events: result.events.map(canonical),
        lanes: result.events.map((event) => ('site' in event ? event.site : event.lane)),
    };
}
/** The first event that differs, with both sides; undefined when there is none. */
export function firstDifference(first, second, seed) {
    const length = Math.max(first.events.length, second.events.length);
    for (let seq = 0; seq < length; seq++) {
        const one = first.events[seq] ?? 'the history had ended';
        const other = second.events[seq] ?? 'the history had ended';
        if (one !== other)
            return { seed, seq, first: one, second: other, where: first.lanes[seq] ?? second.lanes[seq] ?? '' };
    }
    return first.fingerprint === second.fingerprint
        ? undefined
        : fingerprintsDiffer(first.fingerprint, second.fingerprint, seed);
}
/** For two runs that differed once and then did not again, or in their choices alone. */
export const fingerprintsDiffer = (first, second, seed) => ({
    seed,
    seq: -1,
    first: `fingerprint ${first}`,
    second: `fingerprint ${second}`,
    where: 'a later repetition did not show where',
});
/** `storm 137 of seed 1`, or the decisions of a replay. */
export function seedText({ source, index }) {
    if (source.kind !== 'replay')
        return `${source.seed}, storm ${index}`;
    return source.decisions.map(([label, alternative]) => `${label}=${alternative}`).join(' ');
}
/** Compares one run of `job` here with one there; with the same hands twice it is run twice there. */
export async function compareRuns(scenario, job, here, there) {
    if (here === there)
        return here.doubleRun(scenario, job);
    const [[first], [second]] = await Promise.all([here.trials(scenario, [job]), there.trials(scenario, [job])]);
    return disagreement(scenario, job, [here, first?.record.fingerprint], [there, second?.record.fingerprint]);
}
/** Like `compareRuns`, for a job whose fingerprint is known: it is run once more. */
export async function recheck(scenario, job, fingerprint, here, there) {
    const [again] = await there.trials(scenario, [job]);
    return disagreement(scenario, job, [here, fingerprint], [there, again?.record.fingerprint]);
}
async function disagreement(scenario, job, [here, first = ''], [there, second = '']) {
    if (first === second)
        return undefined;
    const [one, other] = [await here.bytes(scenario, job), await there.bytes(scenario, job)];
    const seed = seedText(job);
    return firstDifference(one, other, seed) ?? fingerprintsDiffer(first, second, seed);
}
