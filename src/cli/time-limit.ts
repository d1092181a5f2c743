/** Ends code that never yields: for checks of users, once a worker process has stood still. */

import { Script } from 'node:vm'

const place = '~stormproof-limited'
const script = new Script(`globalThis[${JSON.stringify(place)}]()`)

/** Runs what it is given, and throws when that has not ended in so many milliseconds of real time. */
export const limitedTo =
  (limitMs: number) =>
  <T>(run: () => T): T => {
    Object.defineProperty(globalThis, place, { value: run, configurable: true })
    try {
      return script.runInThisContext({ timeout: limitMs }) as T
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_TIMEOUT') throw error
      throw new Error(`it had not ended after ${limitMs} ms of real time`)
    } finally {
      Reflect.deleteProperty(globalThis, place)
    }
  }
