/** A finding in words: its story, what it needs, and where in the user's code it happened. */
import { describeDecisions } from '../report/describe.js';
import { tellStory } from '../report/story.js';
/** `result` is a replay with call sites. Undefined when it did not break the target. */
export function tell(result, decisions, target, lore) {
    const violation = result.violations.find(({ invariant, clause }) => invariant === target.invariant && clause === target.clause);
    if (!violation)
        return undefined;
    return {
        violation,
        also: result.violations.map(({ invariant }) => invariant).filter((name) => name !== target.invariant),
        story: tellStory(result.events, violation, result.facts),
        needs: describeDecisions(decisions, result.events),
        faults: faultsOf(result.events),
        where: placesOf(result.events, violation).map((at) => ({ at, line: lore.sourceLine(at) })),
        console: result.console,
        fingerprint: result.fingerprint,
    };
}
/** The kinds of fault that were planned, in the order they were met. */
const faultsOf = (events) => [
    ...new Set(events.flatMap((event) => (event.type === 'fault-planned' ? [event.fault] : []))),
];
/** Call sites of the witness; where it has none, those of the requests of its calls. */
function placesOf(events, violation) {
    const witness = new Set([...violation.witness, violation.seq]);
    const direct = places(events.filter(({ seq }) => witness.has(seq)));
    if (direct.length > 0)
        return direct;
    const calls = new Set(events.flatMap((event) => (witness.has(event.seq) ? callsOf(event) : [])));
    return places(events.filter((event) => callsOf(event).some((call) => calls.has(call))));
}
const places = (events) => [
    ...new Set(events.flatMap((event) => ('where' in event && event.where !== undefined ? [event.where] : []))),
];
const callsOf = (event) => 'call' in event && event.call !== undefined ? [event.call] : [];
