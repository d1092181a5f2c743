/** What a driver throws, in the words of the store: whether it was applied, and what to do where no waiting helps. */

import { StormproofError } from '../../core/error.js'
import { StoreError } from '../../core/store.js'

/** By SQLSTATE: what is wrong, and what mends it. */
const hopeless: Readonly<Record<string, readonly [what: string, remedy: string]>> = {
  '28P01': ['refused the password', 'correct user and password in the URL'],
  '28000': ['refused the user', 'correct the user in the URL, or let it in by pg_hba.conf'],
  '3D000': ['has no such database', 'create the database, or correct its name in the URL'],
  '42501': [
    'refused permission',
    'grant the user CREATE on the database, or USAGE on the schema and all on its tables',
  ],
  '42P01': ['has lost a table of the store', 'restore the schema from a backup, or give another one'],
  '42703': ['has a table of the store with other columns', 'restore the schema from a backup, or give another one'],
}

/** Connections end with these while a statement may still have counted. */
const cutOff = /^(08|57P0[12]|XX)/

/** `isSent`: the statement may have reached the server. `isRead`: there was nothing to apply. */
export function sqlTrouble(
  shown: string,
  cause: unknown,
  { isSent, isRead = false }: { isSent: boolean; isRead?: boolean },
): Error {
  const code = sqlState(cause)
  const known = code === undefined ? undefined : hopeless[code]
  const said = cause instanceof Error && cause.message !== '' ? cause.message : String(codeOf(cause) ?? cause)
  if (known) {
    const [what, remedy] = known
    return new StormproofError('config', `${shown} ${what}: ${said}`, { remedy, cause })
  }
  const isRefused = code !== undefined && !cutOff.test(code)
  const applied = !isSent || isRead || isRefused ? 'no' : 'unknown'
  const what = !isSent ? 'could not be reached' : isRefused ? 'refused' : 'gave no answer'
  return new StoreError(`${shown} ${what}: ${said}`, applied, { cause })
}

/** Undefined: it was not the server that spoke. */
export function sqlState(error: unknown): string | undefined {
  const code = codeOf(error)
  return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && !code.startsWith('E') ? code : undefined
}

const codeOf = (error: unknown): unknown => (error as { code?: unknown } | null)?.code

/** A package that only some need. Throws a `config` error that says how to get it. */
export async function peer<T>(name: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load()
  } catch (cause) {
    if (codeOf(cause) !== 'ERR_MODULE_NOT_FOUND' && codeOf(cause) !== 'MODULE_NOT_FOUND') throw cause
    throw new StormproofError('config', `the SQL store needs the package ${name}, which is not installed`, {
      remedy: `npm i ${name}`,
      cause,
    })
  }
}
