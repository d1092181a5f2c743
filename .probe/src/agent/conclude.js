/** How a run ends: its status is never better than what is known of its effects. */
import { residueOf } from './saga.js';
import { unresolvedCalls } from './state.js';
/** `cause` is `stop` for the model's natural stop, else why the run had to end. */
export function conclude(state, cause) {
    const text = state.model.answer?.text ?? '';
    if (state.saga.status === 'aborted') {
        const residue = residueOf(state);
        if (residue.length > 0)
            return { status: 'needs-intervention', reason: 'saga-residue', text, residue };
        return { status: statusFor(cause), reason: undoneReason(cause), text, residue };
    }
    const residue = unresolvedCalls(state).map((call) => call.intent.call);
    if (cause !== 'stop')
        return { status: statusFor(cause), reason: cause, text, residue };
    if (residue.length > 0)
        return { status: 'needs-intervention', reason: 'unresolved-effects', text, residue };
    return { status: 'completed', reason: 'stop', text, residue };
}
const statusFor = (cause) => (cause === 'deadline' ? 'timed-out' : 'failed');
/** An outside bound stays visible in the reason; what went wrong inside the saga is told by its name. */
const undoneReason = (cause) => cause === 'unknown-outcome' || cause === 'step-failed' ? 'saga-compensated' : cause;
