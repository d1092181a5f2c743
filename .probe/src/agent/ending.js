/** How an attempt ended, and what that means: nothing but a declared failure proves that a write did not happen. */
import { failed, ok, unknown } from '../core/outcome.js';
import { isToolFailure } from '../core/tool.js';
import { changesWorld } from './tool.js';
export function outcomeOf(ending, tool) {
    switch (ending.kind) {
        case 'returned':
            return ok(ending.value);
        case 'not-started':
            return failed({ class: 'cancelled', text: 'no time was left to start', retryable: false });
        case 'timed-out':
            return doubtful(tool, 'timeout', 'no answer came in time');
        case 'interrupted':
            return doubtful(tool, 'connection-lost', 'the process stopped before an answer came');
        case 'threw':
            if (isToolFailure(ending.error))
                return failed(declaredFailure(ending.error));
            if (isTimeout(ending.error))
                return doubtful(tool, 'timeout', 'the tool gave up waiting for an answer');
            return doubtful(tool, 'connection-lost', 'the tool ended without an answer');
    }
}
/** Reads change nothing: without an answer they failed. */
function doubtful(tool, kind, text) {
    const error = { class: kind, text, retryable: true };
    return changesWorld(tool) ? unknown(error) : failed(error);
}
/** What the tool's author said, in the author's words. */
function declaredFailure({ message, retry, afterMs }) {
    if (retry === 'never')
        return { class: 'permanent', text: message, retryable: false };
    if (afterMs === undefined)
        return { class: 'unavailable', text: message, retryable: true };
    return { class: 'rate-limited', text: message, retryable: true, afterMs };
}
/** By the name the platform gives its errors; texts decide nothing. */
function isTimeout(error) {
    const name = error?.name;
    return name === 'TimeoutError' || name === 'AbortError';
}
