/** `causal-order`: nothing happens before what it depends on. Broken by an agent that asks the model again while its tools still run. */
import { turnOf } from '../proposed-calls.js';
export const causalOrder = {
    name: 'causal-order',
    says: 'Turns follow one another: a batch is committed before the model is called again, and a call runs within its own batch only.',
    kind: 'safety',
    clauses: {
        a: 'turn numbers never go back',
        b: 'one model call at a time, each after the batch before it was committed',
        e: 'a call starts only while its own batch is open',
    },
    usual: 'finish a turn before the next begins: one model call, then its whole batch, then the commit',
    mutant: 'commit-per-result',
    concerns: (facts) => facts.own,
    start: () => ({ turn: 0, outstanding: undefined, open: undefined, committed: 0, committedAt: 0 }),
    on: {
        'run-start': (state, _event, judge) => {
            state.turn = state.committed = 0;
            state.open = state.outstanding = undefined;
            return judge.skip;
        },
        'model-call-start': (state, event, judge) => {
            const { outstanding, open } = state;
            if (event.turn < state.turn) {
                return judge.broken(`the model was called for turn ${event.turn} after turn ${state.turn} had begun`, {
                    clause: 'a',
                });
            }
            if (outstanding && outstanding.incarnation === event.incarnation) {
                const because = `the model was called for turn ${event.turn} while its call of turn ${outstanding.turn} was not answered`;
                return judge.broken(because, { clause: 'b', witness: [outstanding.seq, event.seq] });
            }
            if (open && open.turn < event.turn) {
                const because = `the model was called for turn ${event.turn} before the results of turn ${open.turn} were committed`;
                return judge.broken(because, { clause: 'b', witness: [open.seq, event.seq] });
            }
            const again = state.turn > 0 && event.turn > state.turn;
            state.turn = event.turn;
            state.outstanding = { seq: event.seq, turn: event.turn, incarnation: event.incarnation };
            return again ? judge.held : judge.skip;
        },
        'model-call-end': (state, _event, judge) => {
            state.outstanding = undefined;
            return judge.skip;
        },
        'batch-open': (state, event, judge) => {
            state.open = { turn: event.turn, seq: event.seq };
            return judge.skip;
        },
        'batch-commit': (state, event, judge) => {
            if (state.open?.turn === event.turn)
                state.open = undefined;
            state.committed = Math.max(state.committed, event.turn);
            state.committedAt = event.seq;
            return judge.skip;
        },
        'attempt-start': (state, event, judge) => {
            const turn = turnOf(event.call);
            if (state.open?.turn === turn)
                return judge.skip;
            const closed = turn <= state.committed;
            const because = closed
                ? `${event.tool} (${event.call}) was started after the results of its turn were committed`
                : `${event.tool} (${event.call}) was started before its batch was opened`;
            return judge.broken(because, {
                clause: 'e',
                witness: closed ? [state.committedAt, event.seq] : [event.seq],
                tool: event.tool,
            });
        },
    },
    met: (state) => state.turn > 1,
};
