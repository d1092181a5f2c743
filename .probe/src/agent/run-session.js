/** Runs a session from whatever its log holds to its end: a fresh run is a resume from the empty log. */
import { StormproofError } from '../core/error.js';
import { Fenced } from './fenced.js';
import { fold } from './fold.js';
import { insist } from './insist.js';
import { Journal } from './journal.js';
import { rulesOf } from './parts.js';
import { perform } from './perform.js';
import { emptyState } from './state.js';
/**
 * Resolves with the result of the run. Rejects with `Fenced` when a later run of the session took over before this one
 * ended, with the store's error when the log could not be written: the session can then be run again.
 */
export async function runSession(agent, request, ports) {
    const run = await openRun(agent, request, ports);
    const { state, parts } = run;
    try {
        for (;;) {
            const action = parts.decide(state, run, ports.clock.now());
            if (state.end && action.kind === 'return')
                return resultOf(state.end);
            await perform(run, action);
        }
    }
    catch (error) {
        for (const waiting of run.live)
            waiting.abandon();
        if (error instanceof Fenced)
            return storedResult(ports, request.session, error);
        throw error;
    }
}
async function openRun(agent, { session, prompt }, ports) {
    const rules = rulesOf(agent);
    if (session === '' || prompt === '') {
        throw new StormproofError('config', 'a run needs a session and a prompt', { remedy: 'give both' });
    }
    const loaded = await insist(ports.clock, () => ports.store.open(session));
    const state = emptyState();
    for (const event of rules.parts.recall(loaded.events))
        fold(state, event, rules);
    if (state.start) {
        state.present = false;
        requireSame(session, state.start, agent, prompt);
    }
    const { writesNow } = rules.parts;
    const take = (event) => fold(state, event, rules);
    const journal = new Journal({ session, store: ports.store, clock: ports.clock, take, writesNow }, loaded);
    return { ...rules, session, prompt, epoch: loaded.epoch, ports, state, journal, live: new Set() };
}
function requireSame(session, start, agent, prompt) {
    if (start.agent === agent.name && start.prompt === prompt)
        return;
    throw new StormproofError('config', `session ${session} holds a run of agent ${start.agent} with another prompt`, {
        remedy: 'use a session of its own for every task',
    });
}
/** A run that was overtaken and has ended since gives the same answer to both its callers. */
async function storedResult({ clock, store }, session, fenced) {
    const { events } = await insist(clock, () => store.read(session));
    const end = events.findLast((event) => event.type === 'run-end');
    if (!end)
        throw fenced;
    return resultOf(end);
}
const resultOf = ({ status, text, reason, residue }) => ({
    status,
    text,
    reason,
    residue,
});
