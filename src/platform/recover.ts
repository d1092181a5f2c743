/** What a process does when it starts: every session that an earlier one left unfinished is found, and run again. */

import { StormproofError } from '../core/error.js'
import type { LogEvent } from '../core/event.js'
import type { Store } from '../core/store.js'
import { isUnfinished } from '../core/unfinished.js'

/** A store that knows its sessions. */
export interface ListingStore extends Store {
  /**
   * Names of all sessions that were ever opened, in ascending order. Asked for the unfinished ones, a store may leave out those
   * that were not started or have ended. Rejects with a `StoreError` where it cannot tell: never an empty list.
   */
  sessions(which?: 'unfinished'): Promise<readonly string[]>
}

/** A session whose log has a beginning and no end: cut off by a crash, waiting for people, or run by another process now. */
export interface Unfinished {
  readonly session: string
  readonly agent: string
  readonly prompt: string
  readonly events: readonly LogEvent[]
}

export type Recovered<R> =
  | { readonly kind: 'ran'; readonly session: string; readonly result: R }
  /** It could not be read, is of a newer version, or its run was refused; the others were run all the same. */
  | { readonly kind: 'not-run'; readonly session: string; readonly error: unknown }

/**
 * Runs every unfinished session and tells what became of each, in the order of their names. `atOnce` run at a time; those
 * that wait for people take no place of others. A session that was opened and never started has nothing to go on with, one
 * that has ended needs nothing: both are left alone. Rejects when the list of sessions cannot be had.
 */
export async function recover<R>(
  store: ListingStore,
  run: (unfinished: Unfinished) => Promise<R>,
  atOnce = 8,
): Promise<readonly Recovered<R>[]> {
  if (!(Number.isSafeInteger(atOnce) && atOnce >= 1)) {
    throw new StormproofError('config', `atOnce must be a whole number from 1, not ${atOnce}`, { remedy: 'correct it' })
  }
  const sessions = await store.sessions('unfinished')
  const told = new Map<string, Promise<Recovered<R> | undefined>>()
  const left = sessions.values()
  const worker = async (): Promise<void> => {
    for (const session of left) {
      const found = await settled(session, () => unfinishedOf(store, session))
      if (found.kind === 'not-run') told.set(session, Promise.resolve(found))
      else if (found.result) {
        const unfinished = found.result
        const running = settled(session, () => run(unfinished))
        told.set(session, running)
        if (!isWaiting(unfinished)) await running
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, sessions.length) }, worker))
  const all = await Promise.all(sessions.map((session) => told.get(session)))
  return all.filter((one) => one !== undefined)
}

async function settled<R>(session: string, operation: () => Promise<R>): Promise<Recovered<R>> {
  try {
    return { kind: 'ran', session, result: await operation() }
  } catch (error) {
    return { kind: 'not-run', session, error }
  }
}

async function unfinishedOf(store: ListingStore, session: string): Promise<Unfinished | undefined> {
  const { epoch, events } = await store.read(session)
  if (epoch === 0) {
    throw new StormproofError('config', `the store lists session ${session} and has no log of it`, {
      remedy: 'restore its first record from a backup',
    })
  }
  const start = events.find((event) => event.type === 'run-start')
  if (!start || !isUnfinished(events)) return undefined
  return { session, agent: start.agent, prompt: start.prompt, events }
}

/** The last that was heard of it: it may be long before it goes on. */
const isWaiting = ({ events }: Unfinished): boolean =>
  ['run-waiting', 'approval-requested', 'approval-notified'].includes(events.at(-1)?.type ?? '')
