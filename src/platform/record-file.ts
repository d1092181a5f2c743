/** Immutable numbered files in a directory: whoever creates the next number first has written it, so processes need no lock. */

import { randomUUID } from 'node:crypto'
import { link, mkdir, open, readdir, readFile, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { digest } from '../core/digest.js'
import { StormproofError } from '../core/error.js'
import { StoreError } from '../core/store.js'

/** Names differ even where the file system does not tell upper from lower case, cuts long names, or has no word for half of a pair. */
export const directoryOf = (folder: string, name: string): string =>
  join(folder, `${encodeURIComponent(name.replace(/\p{Surrogate}/gu, '\ufffd')).slice(0, 80)}-${digest(name)}`)

export const fileOf = (directory: string, index: number): string =>
  join(directory, `${String(index).padStart(9, '0')}.json`)

/** Undefined: nobody wrote it. Rejects where it cannot be read, or is not what was written. */
export async function readRecord<T>(directory: string, index: number): Promise<T | undefined> {
  const file = fileOf(directory, index)
  let text: string
  try {
    text = await readFile(file, 'utf8')
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined
    throw trouble(`${file} could not be read`, error)
  }
  const [proof, body] = text.split('\n')
  if (body === undefined || digest(body) !== proof) {
    throw new StormproofError('internal', `${file} is torn: it is not what was written`, {
      remedy: 'restore the file from a backup; the records before it are whole',
    })
  }
  return JSON.parse(body) as T
}

/** False when somebody else wrote this record first. The file is whole and on the disk before it gets its name. */
export async function createRecord(directory: string, index: number, record: unknown): Promise<boolean> {
  const draft = join(directory, `${randomUUID()}.draft`)
  try {
    const body = JSON.stringify(record)
    await writeThrough(draft, `${digest(body)}\n${body}\n`)
  } catch (error) {
    await unlink(draft).catch(() => {})
    throw trouble(`${draft} could not be written`, error)
  }
  try {
    await link(draft, fileOf(directory, index))
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false
    throw new StoreError(`${fileOf(directory, index)} could not be created`, 'unknown', { cause: error })
  } finally {
    await unlink(draft).catch(() => {})
  }
  await syncDirectory(directory)
  return true
}

async function writeThrough(file: string, text: string): Promise<void> {
  const handle = await open(file, 'wx')
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** Where a directory cannot be synced (Windows) the file system orders its names itself. */
async function syncDirectory(directory: string): Promise<void> {
  const handle = await open(directory, 'r').catch(() => undefined)
  await handle?.sync().catch(() => {})
  await handle?.close()
}

export async function makeDirectory(directory: string): Promise<void> {
  await mkdir(directory, { recursive: true }).catch((error: unknown) => {
    throw trouble(`${directory} could not be made`, error)
  })
}

/** None where there is no directory. Rejects where nobody can tell. */
export async function namesIn(directory: string): Promise<readonly string[]> {
  return readdir(directory).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return []
    throw trouble(`${directory} could not be read`, error)
  })
}

/** The numbers of its records, in ascending order. */
export async function numbersIn(directory: string): Promise<readonly number[]> {
  return (await namesIn(directory))
    .filter((name) => name.endsWith('.json'))
    .map((name) => Number.parseInt(name, 10))
    .sort((a, b) => a - b)
}

/** Drafts that a dead process left were never acknowledged. A live process that loses its draft reports the append as doubtful. */
export async function sweep(directory: string): Promise<void> {
  for (const name of await namesIn(directory)) {
    if (name.endsWith('.draft')) await unlink(join(directory, name)).catch(() => {})
  }
}

/** What no waiting mends: something else stands where the folder should, or this process may not use it. */
const hopeless = new Set<unknown>(['ENOTDIR', 'EEXIST', 'EACCES', 'EROFS', 'ELOOP', 'ENAMETOOLONG'])

/** Nothing was written. Misuse of the folder is told at once, anything else may pass. */
function trouble(what: string, cause: unknown): Error {
  if (!hopeless.has(codeOf(cause))) return new StoreError(what, 'no', { cause })
  const remedy = 'give fileStore a folder that this process may read and write, or that it can make'
  return new StormproofError('config', `${what}: ${codeOf(cause)}`, { remedy, cause })
}

/** Of an error of the file system: `ENOENT` and the like. */
const codeOf = (error: unknown): unknown => (error as { code?: unknown } | null)?.code
