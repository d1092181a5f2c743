/** Ctrl-C: once asks for an end after the trials that run, twice ends at once. */

import type { Terminal } from './terminal.js'

interface Interrupt {
  release(): void
}

/** `save` keeps what would be lost when the process ends at once; it must not throw. */
export function onInterrupt(terminal: Terminal, ask: () => void, save: () => void): Interrupt {
  let asked = false
  const hear = (): void => {
    if (asked) {
      save()
      process.exit(130)
    }
    asked = true
    terminal.error('\n finishing the trials that run, then the report; Ctrl-C again ends at once\n')
    ask()
  }
  process.on('SIGINT', hear)
  return { release: () => void process.off('SIGINT', hear) }
}
