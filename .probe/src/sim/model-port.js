/** The scripted model as the model of an agent on our own runtime. */
import { ModelError } from '../core/model.js';
import { isAlive } from '../kernel/scope.js';
/** How long the runtime waits for a model: what "just before the deadline" means. */
export function modelPort(setting, model, timeoutMs) {
    return {
        '~model': true,
        answer: (request) => new Promise((resolve, reject) => {
            const current = setting.world.scopes.current();
            if (!current || !isAlive(current))
                return;
            const scope = { ...current, lane: 'model', deadline: setting.world.now + timeoutMs };
            const aborted = () => reject(request.signal.reason);
            request.signal.addEventListener('abort', aborted);
            model.ask(questionOf(request), scope, (reply) => {
                request.signal.removeEventListener('abort', aborted);
                settle(reply, resolve, reject);
            });
        }),
    };
}
const questionOf = (request) => ({ messages: request.messages, tools: request.tools, attempt: request.attempt, judged: false });
function settle(reply, resolve, reject) {
    if (reply.kind === 'answer')
        resolve(reply.answer);
    else
        reject(errorOf(reply));
}
function errorOf(reply) {
    if (reply.kind === 'lost')
        return new ModelError({ class: 'connection-lost', text: 'the connection to the model broke', retryable: true });
    if (reply.kind === 'refused')
        return new ModelError({ class: 'refused', text: reply.text, retryable: false }, 400);
    const after = reply.retryAfter === 'none' ? {} : { afterMs: Number(reply.retryAfter) * 1000 };
    const detail = { class: reply.status === 429 ? 'rate-limited' : 'unavailable', text: `the model answered ${reply.status}`, retryable: true, ...after };
    return new ModelError(detail, reply.status);
}
