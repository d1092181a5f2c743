/** What the scripted model would say if nothing misbehaved: its next entry, or its reaction to a failure. */
import { callId } from './call-id.js';
import { seenValue } from './prompt.js';
export const say = (text) => ({ text, calls: [] });
/** Calls that were broken on purpose come again, soundly, before the script goes on. */
export function playOwed(reading, entries, messages, isFailed) {
    const chosen = reading.owed.flatMap((id) => {
        const entry = entries[id.entry];
        const call = entry && 'calls' in entry ? entry.calls[id.planned] : undefined;
        return call ? [{ call, entry: id.entry, planned: id.planned }] : [];
    });
    return play(chosen, messages, isFailed);
}
export function playEntry(entry, position, messages, isFailed) {
    if ('say' in entry)
        return say(entry.say);
    return play(entry.calls.map((call, planned) => ({ call, entry: position, planned })), messages, isFailed);
}
/** The calls that failed, once more, with the arguments they had. */
export function playAgain(reading) {
    return { text: '', calls: reading.failed.map(({ id, call }) => ({ tool: call.tool, input: JSON.parse(call.arguments), entry: id.entry, planned: id.planned })) };
}
function play(calls, messages, isFailed) {
    let missing = 'what an earlier result should have held';
    const seen = (tool) => {
        const found = seenValue(messages, tool, isFailed);
        if (found)
            return found.value;
        missing = `the result of ${tool}`;
        throw new Error(missing);
    };
    try {
        return { text: '', calls: calls.map(({ call, entry, planned }) => ({ tool: call.tool, input: definite(call, seen), entry, planned })) };
    }
    catch {
        // A script reads fields of results: when one never came, or came as garbage, the model gives up with a sentence.
        return say(`I cannot go on without ${missing}.`);
    }
}
function definite(call, seen) {
    const input = typeof call.input === 'function' ? call.input(seen) : call.input;
    // Through JSON, as a model's arguments are: a field that is undefined is a result that was not there.
    if (Object.values(input).includes(undefined))
        throw new Error('an argument is undefined');
    return input;
}
/** Usage is a function of the sizes, so that budgets see numbers that grow as real ones do. */
export function soundAnswer(played, turn) {
    const calls = played.calls.map((call, index) => ({
        id: callId({ turn, index, entry: call.entry, planned: call.planned, broken: false }),
        tool: call.tool,
        arguments: JSON.stringify(call.input),
    }));
    const length = calls.reduce((sum, call) => sum + call.arguments.length + call.tool.length, played.text.length);
    return { text: played.text, calls, stop: calls.length > 0 ? 'tool-calls' : 'stop', usage: { inputTokens: 100 * turn, outputTokens: 1 + Math.ceil(length / 4) } };
}
