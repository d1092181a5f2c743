/** A store that is lent, and can be taken back: whoever uses it then writes nothing more. */

import type { Store } from './store.js'

/** The same store, whose every operation rejects with what `requireOwn` throws, those included whose answer is on its way. */
export function lentStore(store: Store, requireOwn: () => void): Store {
  const whileOwn = async <T>(operation: () => Promise<T>): Promise<T> => {
    requireOwn()
    const answer = await operation()
    requireOwn()
    return answer
  }
  return {
    '~store': true,
    open: (...given) => whileOwn(() => store.open(...given)),
    append: (session, expected, events) => whileOwn(() => store.append(session, expected, events)),
    read: (session) => whileOwn(() => store.read(session)),
    cell: (name) => {
      const cell = store.cell(name)
      return {
        read: () => whileOwn(() => cell.read()),
        write: (version, value) => whileOwn(() => cell.write(version, value)),
      }
    },
  }
}
