/** A store that forgets everything with its process: for tests and first steps. */
import { copy } from '../core/json.js';
export function memoryStore() {
    const sessions = new Map();
    const sessionOf = (name) => {
        const known = sessions.get(name);
        if (known)
            return known;
        const created = { epoch: 0, events: [] };
        sessions.set(name, created);
        return created;
    };
    const view = ({ epoch, events }) => ({ version: events.length, epoch, events: copy(events) });
    return {
        '~store': true,
        open: async (name) => {
            const session = sessionOf(name);
            session.epoch++;
            return view(session);
        },
        append: async (name, expected, events) => {
            const session = sessionOf(name);
            if (expected.epoch < session.epoch)
                return { kind: 'fenced', epoch: session.epoch };
            if (expected.version !== session.events.length)
                return { kind: 'conflict', version: session.events.length };
            session.events.push(...copy(events));
            return { kind: 'ok', version: session.events.length };
        },
        read: async (name) => view(sessionOf(name)),
    };
}
