/** One or two sentences that say what happened, put together from the ledger and the faults: never from what the agent claims. */
import { brief, cut, times } from './brief.js';
import { faultWords } from './describe.js';
import { operationOf } from './story-focus.js';
/** An effect that happened more often than once gets a story of why; any other violation its own words and what preceded it. */
export function headline(events, violation, focus) {
    const repeated = repeatedEffect(events, focus);
    if (repeated)
        return duplicateHeadline(events, repeated);
    const faults = [
        ...new Set(events
            .filter((event) => event.type === 'fault-landed')
            .map((event) => faultText(event))),
    ];
    const sentence = sentenceOf(violation.because);
    if (faults.length === 0)
        return sentence;
    return `${sentence} Before it: ${faults.slice(0, 3).join('; ')}${faults.length > 3 ? `; and ${faults.length - 3} more` : ''}.`;
}
/** The effects of one name that the violation is about, where there are several that nobody took back. */
function repeatedEffect(events, focus) {
    const compensated = new Set(events
        .filter((event) => event.type === 'effect-compensated')
        .map((event) => event.effect));
    const groups = new Map();
    for (const event of events) {
        if (event.type !== 'effect-applied' || event.compensates !== undefined || compensated.has(event.effect))
            continue;
        const name = `${operationOf(event)}:${event.once}`;
        groups.set(name, [...(groups.get(name) ?? []), event]);
    }
    for (const group of groups.values())
        if (group.length > 1 && focus.witness.has(group.at(-1).seq))
            return group;
    return undefined;
}
function duplicateHeadline(events, effects) {
    const first = effects[0];
    const second = effects[1];
    const name = `${operationOf(first)}(${brief(first.input)})`;
    const causes = [
        ...faultCauses(events, first, second),
        threw(events, first, second),
        again(events, first, second),
        keys(first, second),
    ].filter((cause) => cause !== '');
    return `${name} happened ${times(effects.length)}: ${joined(causes)}.`;
}
function faultCauses(events, first, second) {
    const causes = new Set();
    for (const event of events) {
        if (event.type !== 'fault-landed' && event.type !== 'fault-injected')
            continue;
        if (event.seq > second.seq)
            break;
        causes.add(event.site.split('@')[0] === first.site ? firstRequestWords(event.fault) : faultText(event));
    }
    return [...causes].slice(0, 3);
}
function firstRequestWords(fault) {
    if (fault === 'tool/timeout-after-effect')
        return 'the answer to the first was lost';
    if (fault.startsWith('process/crash'))
        return 'the agent crashed at the first';
    return `the first met ${faultWords(fault)}`;
}
function faultText(event) {
    const site = event.site.replace(/[@~].*$/, '');
    const model = /^model\/t(\d+)/.exec(site);
    return `${faultWords(event.fault)} at ${model ? `turn ${model[1]} of the model` : site}`;
}
function threw(events, first, second) {
    const threwBetween = events.some((event) => event.type === 'tool-returned' &&
        event.outcome === 'threw' &&
        event.call === first.call &&
        event.seq > first.seq &&
        event.seq < second.seq);
    return threwBetween ? 'the tool threw' : '';
}
/** Who made the second request: another life of the agent, the same call, or the model. */
function again(events, first, second) {
    if (second.incarnation > first.incarnation)
        return 'the restarted agent did it again';
    if (first.call !== undefined && first.call === second.call) {
        return first.attempt === second.attempt ? 'one attempt asked for it twice' : 'the call was tried again';
    }
    if (first.call?.split('.')[0] !== undefined && first.call.split('.')[0] === second.call?.split('.')[0])
        return 'two calls of one turn asked for it';
    const modelCalled = events.some((event) => event.type === 'model-answered' && event.calls.length > 0 && event.seq > first.seq && event.seq < second.seq);
    return modelCalled ? 'the model called again' : 'the request was made again';
}
function keys(first, second) {
    if (first.key === undefined && second.key === undefined)
        return 'no key tied the two requests together';
    if (first.key !== second.key)
        return 'the two requests carried different keys';
    return 'the service did not honour the key they shared';
}
function joined(parts) {
    const last = parts.at(-1) ?? '';
    return parts.length < 2 ? last : `${parts.slice(0, -1).join(', ')}, and ${last}`;
}
function sentenceOf(text) {
    const trimmed = cut(text.trim(), 240);
    if (trimmed === '')
        return 'A promise was broken.';
    const capital = trimmed[0].toUpperCase() + trimmed.slice(1);
    return /[.!?…]$/.test(capital) ? capital : `${capital}.`;
}
