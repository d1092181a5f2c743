/** Hands across a process boundary: requests and answers as plain JSON. Whoever starts processes carries them over. */
import { isStormproofError, StormproofError } from '../core/error.js';
const methods = new Set([
    'calm',
    'trials',
    'shrink',
    'tell',
    'bytes',
    'doubleRun',
    'close',
]);
/** Answers one request; never rejects. */
export async function serve(hands, { id, method, args }) {
    try {
        if (!methods.has(method))
            throw new StormproofError('internal', `hands have no method ${JSON.stringify(method)}`);
        const call = hands[method];
        return { id, ok: true, value: await call.apply(hands, [...args]) };
    }
    catch (error) {
        return { id, ok: false, failure: failureOf(error) };
    }
}
/** Hands whose work is done by whoever answers `exchange`; an answer may come in any order. `close` runs after theirs. */
export function handsOver(exchange, close = async () => { }) {
    let last = 0;
    const ask = async (method, ...args) => {
        const answer = await exchange({ id: ++last, method, args });
        if (answer.ok)
            return answer.value;
        const { code, text, remedy, stack } = answer.failure;
        throw new StormproofError(code, text, { ...(remedy !== undefined && { remedy }), cause: stack });
    };
    return {
        calm: (scenario) => ask('calm', scenario),
        trials: (scenario, jobs) => ask('trials', scenario, jobs),
        shrink: (scenario, decisions, target) => ask('shrink', scenario, decisions, target),
        tell: (scenario, decisions, target) => ask('tell', scenario, decisions, target),
        bytes: (scenario, job) => ask('bytes', scenario, job),
        doubleRun: (scenario, job) => ask('doubleRun', scenario, job),
        async close() {
            await ask('close');
            await close();
        },
    };
}
function failureOf(error) {
    const stack = error instanceof Error && error.stack !== undefined ? { stack: error.stack } : {};
    if (isStormproofError(error))
        return {
            code: error.code,
            text: error.message,
            ...(error.remedy !== undefined && { remedy: error.remedy }),
            ...stack,
        };
    return { code: 'internal', text: error instanceof Error ? error.message : String(error), ...stack };
}
