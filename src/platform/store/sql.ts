/** The port to a database that speaks Postgres: all that the SQL store asks of a driver. */

export type Row = Readonly<Record<string, unknown>>

export interface Sql {
  /**
   * Rows of the last statement. Each query is one transaction, so no client ever holds a lock between two messages: one that
   * stands still blocks nobody. Without `values`, `text` may be several statements, which count together or not at all.
   * Rejects with a `StoreError` that says whether it was applied, or with a `config` error where no waiting helps.
   */
  query(text: string, values?: readonly (string | number | boolean)[]): Promise<readonly Row[]>
  /** Lets go of connections and files; nothing is asked afterwards. */
  close(): Promise<void>
}

/** A database that is reached when it is first needed, and again after it could not be. */
export interface Database {
  /** How messages name it: never with a password. */
  readonly shown: string
  /** False: it runs in this process, and what it acknowledged survives the process alone. */
  readonly isServer: boolean
  connect(): Promise<Sql>
}
