/** What a process that starts looks for in the logs of those before it. */

import type { LogEvent } from './event.js'

/** Whether it has to go on with the run of this log: it began and did not end, whether it was cut off or waits for somebody. */
export const isUnfinished = (log: readonly LogEvent[]): boolean =>
  log.some(({ type }) => type === 'run-start') && !log.some(({ type }) => type === 'run-end')
