/** Asks the tool whether a call that may have happened did. */
import { copy } from '../core/json.js';
import { timed } from './timed.js';
/** A tool that throws, hangs or answers anything else has said `unknown`. Asking changes nothing, so it is not bounded by the run. */
export async function reconcile({ run, call, tool }) {
    const { clock } = run.ports;
    const { call: path, key, args } = call.intent;
    const delayMs = run.parts.timeoutOf(tool);
    const attempt = call.attempts;
    const ending = await timed({
        clock,
        live: run.live,
        delayMs,
        start: async (signal) => {
            const deadline = clock.now() + delayMs;
            return tool.reconcile?.(copy(args), { key, signal, deadline, call: `${path}.reconcile`, attempt });
        },
        late: () => { },
    });
    const answer = ending.kind === 'returned' ? answerIn(ending.value) : 'unknown';
    return { type: 'call-reconciled', call: path, tool: tool.name, attempt, answer };
}
const answerIn = (value) => (value === 'applied' || value === 'not-applied' ? value : 'unknown');
