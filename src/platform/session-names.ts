/** Which sessions a folder holds: their directories, read back into the names they were made for. */

import { join } from 'node:path'
import { directoryOf, namesIn, numbersIn, readRecord } from './record-file.js'

/** Ascending. A session whose first record cannot be read keeps the name of its directory, so that it is not passed over. */
export async function sessionsIn(folder: string): Promise<readonly string[]> {
  const sessions: string[] = []
  for (const name of await namesIn(folder)) {
    if (!/-[0-9a-f]{16}$/.test(name)) continue
    const directory = join(folder, name)
    const [first] = await numbersIn(directory)
    if (first !== undefined) sessions.push(spelled(folder, name) ?? (await recorded(directory)) ?? name)
  }
  return sessions.sort()
}

/** From the name of the directory; undefined where that was cut. */
function spelled(folder: string, name: string): string | undefined {
  try {
    const session = decodeURIComponent(name.slice(0, name.lastIndexOf('-')))
    return directoryOf(folder, session) === join(folder, name) ? session : undefined
  } catch {
    return undefined
  }
}

/** From the first claim. */
async function recorded(directory: string): Promise<string | undefined> {
  const claim = await readRecord<{ session?: string }>(directory, 0).catch(() => undefined)
  return claim?.session
}
