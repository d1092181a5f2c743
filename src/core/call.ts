/** Canonical identity of a call: where it stands in the run, never what a provider called it. */

/** `t3.c0`: first call of turn 3. Turns count from 1, calls of a batch from 0. */
export type CallPath = `t${number}.c${number}`

export const callPath = (turn: number, index: number): CallPath => `t${turn}.c${index}`

export function parseCallPath(path: string): { turn: number; index: number } | undefined {
  const match = /^t(\d+)\.c(\d+)$/.exec(path)
  return match ? { turn: Number(match[1]), index: Number(match[2]) } : undefined
}
