/** Virtual milliseconds since a trial began, in words: `12.1 s`. */

export const seconds = (vt: number): string => `${(vt / 1000).toFixed(1)} s`
