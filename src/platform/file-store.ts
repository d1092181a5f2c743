/**
 * A store in a folder: one directory a session, one immutable numbered file a record. A record is an append or the claim
 * of an epoch; whoever creates the next number first has written it, so several processes need no lock.
 */

import { came } from '../core/definition.js'
import { StormproofError } from '../core/error.js'
import type { LogEvent } from '../core/event.js'
import { copy } from '../core/json.js'
import { type Appended, type Loaded, refusalOf } from '../core/store.js'
import { fileCell } from './file-cell.js'
import { createRecord, directoryOf, makeDirectory, numbersIn, readRecord, sweep } from './record-file.js'
import type { ListingStore } from './recover.js'
import { sessionsIn } from './session-names.js'

/** What a claim says of the records of its epoch. A later version that writes what this one cannot read counts it up. */
const format = 1

/** One file: what it holds, and the digest that proves it whole. */
interface RecordFile {
  readonly epoch: number
  /** Empty for the claim of an epoch. */
  readonly events: readonly LogEvent[]
  /** Of a claim; absent in those of the first versions. */
  readonly format?: number
  readonly session?: string
}

/** A session as far as it was read. */
interface Log {
  records: number
  epoch: number
  readonly events: LogEvent[]
}

/** Keeps sessions in `folder`, which is made when it is first needed. Throws a `config` error for what is no path. An unreadable record is an error, never skipped. */
export function fileStore(folder: string): ListingStore {
  if (typeof folder !== 'string' || folder === '') {
    throw new StormproofError('config', `fileStore needs a folder, not ${came(folder)}`, {
      remedy: "name one, such as './sessions'",
    })
  }
  const files = new Map<string, SessionFiles>()
  const filesOf = (session: string): SessionFiles => {
    const known = files.get(session)
    if (known) return known
    const created = new SessionFiles(directoryOf(folder, session), session)
    files.set(session, created)
    return created
  }
  return {
    '~store': true,
    open: (session, requireOwn) => filesOf(session).claim(requireOwn),
    append: (session, expected, events) => filesOf(session).append(expected, events),
    read: (session) => filesOf(session).read(),
    cell: (name) => fileCell(folder, name),
    sessions: () => sessionsIn(folder),
  }
}

/** The files of one session, and what they said when they were last looked at. One operation at a time. */
class SessionFiles {
  readonly #directory: string
  readonly #session: string
  readonly #log: Log = { records: 0, epoch: 0, events: [] }
  #tail: Promise<unknown> = Promise.resolve()

  constructor(directory: string, session: string) {
    this.#directory = directory
    this.#session = session
  }

  claim(requireOwn?: (log: readonly LogEvent[]) => void): Promise<Loaded> {
    return this.#inTurn(async () => {
      await makeDirectory(this.#directory)
      await sweep(this.#directory)
      for (;;) {
        await this.#readAll()
        requireOwn?.(copy(this.#log.events))
        const claim = { epoch: this.#log.epoch + 1, events: [], format, session: this.#session }
        if (await this.#create(claim)) return this.#view()
      }
    })
  }

  append(expected: { version: number; epoch: number }, events: readonly LogEvent[]): Promise<Appended> {
    return this.#inTurn(async () => {
      for (;;) {
        await this.#catchUp()
        const refused = refusalOf({ version: this.#log.events.length, epoch: this.#log.epoch }, expected)
        if (refused) return refused
        if (await this.#create({ epoch: expected.epoch, events })) {
          return { kind: 'ok', version: this.#log.events.length }
        }
      }
    })
  }

  read(): Promise<Loaded> {
    return this.#inTurn(async () => {
      await this.#readAll()
      return this.#view()
    })
  }

  #inTurn<T>(operation: () => Promise<T>): Promise<T> {
    const done = this.#tail.then(operation)
    this.#tail = done.catch(() => {})
    return done
  }

  /** All that is there: a log with a hole is refused, not taken for the shorter one before it. */
  async #readAll(): Promise<void> {
    const last = (await numbersIn(this.#directory)).at(-1)
    await this.#catchUp()
    if (last === undefined || last < this.#log.records) return
    throw new StormproofError('internal', `record ${this.#log.records} of session ${this.#session} is missing`, {
      remedy: 'restore it from a backup; the records before it are whole',
    })
  }

  /** Reads what was written since the last look. */
  async #catchUp(): Promise<void> {
    for (;;) {
      const record = await readRecord<RecordFile>(this.#directory, this.#log.records)
      if (!record) return
      this.#take(record)
    }
  }

  async #create(record: RecordFile): Promise<boolean> {
    const isCreated = await createRecord(this.#directory, this.#log.records, record)
    if (isCreated) this.#take(copy(record))
    return isCreated
  }

  #take({ epoch, events, format: written = 1 }: RecordFile): void {
    if (written > format) throw newer(this.#session, written)
    this.#log.records++
    this.#log.epoch = epoch
    this.#log.events.push(...events)
  }

  #view(): Loaded {
    const { epoch, events } = this.#log
    return { version: events.length, epoch, events: copy(events) }
  }
}

const newer = (session: string, written: number): StormproofError =>
  new StormproofError(
    'config',
    `session ${session} was written in format ${written}; this version reads up to ${format}`,
    {
      remedy: 'run the session with the version that wrote it, or a later one',
    },
  )
