/** A fault of the clocks of the agent's process. */

export const clockFault = { family: 'clock', tolerated: true, chosenAs: 'outcome', parameters: {} } as const
