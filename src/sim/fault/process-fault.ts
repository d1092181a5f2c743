/** A fault of the process an agent runs in. */

export const processFault = { family: 'process', tolerated: true, chosenAs: 'outcome', parameters: {} } as const
