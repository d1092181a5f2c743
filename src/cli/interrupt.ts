/** Ctrl-C: once asks for an end after the trials that run, twice ends at once. */

import type { Terminal } from './terminal.js'

export interface Interrupt {
  /** True after the first Ctrl-C. */
  readonly asked: boolean
  release(): void
}

export function onInterrupt(terminal: Terminal): Interrupt {
  let asked = false
  const hear = (): void => {
    if (asked) process.exit(130)
    asked = true
    terminal.error('\n finishing the trials that run, then the report; Ctrl-C again ends at once\n')
  }
  process.on('SIGINT', hear)
  return {
    get asked() {
      return asked
    },
    release: () => void process.off('SIGINT', hear),
  }
}
