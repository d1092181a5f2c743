/** One line of the bench: what, figure, unit, preset, flags of node, and what it is compared to. */

/**
 * @typedef {object} Figure
 * @property {string} what
 * @property {number | string} value
 * @property {string} unit
 * @property {string} [preset]
 * @property {readonly string[]} [flags] of node, in the process that was measured
 * @property {string} [compared] what the figure is held against
 * @property {boolean} [holds] whether it is as good as we promise; absent where nothing is promised
 */

/** @param {Figure} figure */
export function show({ what, value, unit, preset = '-', flags = [], compared = '', holds }) {
  const mark = holds === undefined ? ' ' : holds ? '✓' : '✗'
  const columns = [what.padEnd(52), String(value).padStart(8), unit.padEnd(14), preset.padEnd(7)]
  console.log(` ${mark} ${columns.join(' ')} ${(flags.join(' ') || 'no flags').padEnd(45)} ${compared}`.trimEnd())
  if (holds === false) process.exitCode = 1
}

/** @param {readonly number[]} values */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
}
