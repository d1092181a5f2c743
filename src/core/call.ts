/** Canonical identity of a call: where it stands in the run, never what a provider called it. */

/** `t3.c0`: first call of turn 3. Turns count from 1, calls of a batch from 0. */
export type CallPath = `t${number}.c${number}`

export const callPath = (turn: number, index: number): CallPath => `t${turn}.c${index}`
