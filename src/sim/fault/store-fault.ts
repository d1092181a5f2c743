/** A fault of the store an agent keeps its log and its cells in. */

export const storeFault = { family: 'store', tolerated: true, chosenAs: 'outcome', parameters: {} } as const
