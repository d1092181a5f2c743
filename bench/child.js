/** Measures in a process of its own: what one bench compiled, allocated or hooked must not slow the next. */

import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { workerFlags } from '../dist/src/cli/worker-process.js'

export { workerFlags }

/** Runs `file` with `words` and resolves to the one message it sends. Figures it prints appear as they come. */
export function measure(file, words = [], flags = workerFlags) {
  return new Promise((resolve, reject) => {
    const child = fork(fileURLToPath(new URL(file, import.meta.url)), words, { execArgv: [...flags] })
    let told
    child.once('message', (message) => {
      told = message
    })
    child.once('exit', (code) => {
      if (code === 0 && told !== undefined) resolve(told)
      else reject(new Error(`bench/${file} ${words.join(' ')} ended with code ${code} and told ${told}`))
    })
  })
}

/** In the child: hands the measurement over and ends. */
export function tell(message) {
  process.send?.(message, () => process.exit(0))
}
