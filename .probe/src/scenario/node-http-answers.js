/** Agents that ask through `node:http`: msw is put in once a process, when the first of them is met, as it slows every such request down. */
import { callSite } from '../box/call-site.js';
import { inhabitantOf } from '../box/habitat.js';
import { scopes } from '../box/scopes.js';
import { nodeHttp } from '../provider/node-http.js';
import { fetchFailed } from '../sim/http.js';
let answering;
export const answersNodeHttp = () => answering !== undefined;
/** Whether a trial stopped short because nobody answers `node:http` yet. */
export const asksNodeHttp = (problems) => answering === undefined && problems.some(({ kind, what }) => kind === 'leak' && /^a request to https?:/.test(what));
/** From now on requests of `node:http` inside a simulation reach its world. Outside they stay what they are. */
export async function answerNodeHttp() {
    answering ??= nodeHttp(respond);
    await answering.start();
}
function respond(request) {
    const scope = scopes.current();
    const inhabitant = scope && inhabitantOf(scope.world);
    if (!inhabitant)
        return undefined;
    const response = inhabitant.network(request.url, undefined, request);
    if (response)
        return response;
    inhabitant.onUnanswered({ method: request.method, url: request.url, where: callSite() });
    return Promise.reject(fetchFailed('ENOTFOUND', `nobody answers ${request.url}`));
}
