/** `determinism`: the same trial twice gives the same bytes. A relation: whoever runs a trial twice fills in its verdict. */
export const determinism = {
    name: 'determinism',
    says: 'The same seed gives the same history, byte for byte, in whatever process.',
    kind: 'safety',
    clauses: {
        a: 'two runs of one trial have equal histories',
        b: 'nothing ambient is used inside a trial: no real time, chance, network or file',
    },
    usual: 'take time and randomness from what the run is given, and keep no state in module variables',
    mutant: 'ambient-jitter',
    relation: true,
    concerns: () => true,
    start: () => undefined,
    on: {},
};
