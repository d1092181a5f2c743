/** Faults of the store an agent keeps its log in. */
const outcome = { family: 'store', tolerated: true, chosenAs: 'outcome', parameters: {} };
export const storeFaults = [
    { ...outcome, name: 'store/fail', says: 'The store refuses: nothing was written.' },
    { ...outcome, name: 'store/lost-acknowledgement', says: 'It was written, and the acknowledgement is lost.' },
    { ...outcome, name: 'store/slow', chosenAs: 'time', says: 'The store answers slowly.' },
];
