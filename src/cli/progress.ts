/** Progress on standard error: a bar that redraws itself on a terminal, a line now and then elsewhere, or nothing. */

import { forTerminal } from '../core/sanitize.js'
import type { Terminal } from './terminal.js'

type ProgressMode = 'auto' | 'bar' | 'line' | 'none'

interface Progress {
  /** `total` is undefined where nobody knows how many there will be. */
  moved(scenario: string, done: number, total: number | undefined, findings: number): void
  found(id: string, promise: string, scenario: string): void
  end(): void
}

const barEveryMs = 80
const lineEveryMs = 5000

/** `now` is real monotonic milliseconds. */
export function progressOn(terminal: Terminal, mode: ProgressMode, now: () => number): Progress {
  const bar = mode === 'bar' || (mode === 'auto' && terminal.live)
  if (mode === 'none') return { moved() {}, found() {}, end() {} }
  const every = bar ? barEveryMs : lineEveryMs
  let last = now() - (bar ? every : 0)
  const clear = (): void => terminal.error('\r\u001b[2K')
  let drawn = false
  const wipe = (): void => {
    if (drawn) clear()
    drawn = false
  }
  return {
    moved(scenario, done, total, findings) {
      if (now() - last < every) return
      last = now()
      const text = `${forTerminal(scenario)}  ${total === undefined ? done : `${done}/${total}`}  ${findings} ${findings === 1 ? 'finding' : 'findings'}`
      if (!bar) return terminal.error(` ${text}\n`)
      clear()
      terminal.error(` ${total === undefined ? '' : `${barText(done, total)} `}${text}`.slice(0, terminal.width - 1))
      drawn = true
    },
    found(id, promise, scenario) {
      wipe()
      terminal.error(` ✗ ${forTerminal(id)}  ${forTerminal(promise)}   ${forTerminal(scenario)}\n`)
    },
    end: wipe,
  }
}

/** Twenty cells. */
export function barText(done: number, total: number): string {
  const filled = total <= 0 ? 20 : Math.min(20, Math.floor((done / total) * 20))
  return `▐${'█'.repeat(filled)}${'░'.repeat(20 - filled)}▌`
}
