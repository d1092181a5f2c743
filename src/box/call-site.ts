/** Where in the user's code something was done: the first stack frame that is neither Node's, nor a package's, nor ours. */

import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'

/**
 * The folders of this package's own code, from the address of this module: compiled in `dist/src/box/` or as source in `src/box/`.
 * Both are ours in either case: where source maps are followed, frames of compiled code name its sources.
 */
export function ownFolders(moduleUrl: string): readonly string[] {
  const here = fileURLToPath(new URL('.', moduleUrl)).replaceAll('\\', '/')
  const root = here.replace(/(?:dist\/)?src\/box\/$/, '')
  return ['dist/', 'src/', 'reporters/'].map((folder) => root + folder)
}

const ours = ownFolders(import.meta.url)
/** This folder, compiled or not: who calls from here is a shim. */
const boxFolder = /\/src\/box\/$/
/** Paths may hold parentheses, as the route groups of Next.js do. */
const frame = /[\s(]((?:file:\/\/)?(?:\/|[A-Za-z]:[\\/]).*?):(\d+):\d+\)?$/

/** `src/support-agent.ts:19`, relative to the working directory; `''` when no frame is the user's. Slow: some ten microseconds. */
export function callSite(): string {
  return userFrame(currentStack())
}

/** The file of the call site alone, absolute; undefined when no frame is the user's. */
export const callFile = (): string | undefined => userPlace(currentStack())?.file

/** The call site in the text of a stack. */
export const userFrame = (stack: string): string => placeText(userPlace(stack))

/** Where an error was thrown, if the user's code threw it and not ours; packages that either calls do not count. */
export const throwSite = (stack: string): string => placeText(userPlace(stack, true))

interface Place {
  readonly file: string
  readonly line: string
}

const placeText = (place: Place | undefined): string =>
  place ? `${relative(process.cwd(), place.file)}:${place.line}` : ''

function userPlace(stack: string, beforeOurs = false): Place | undefined {
  for (const line of stack.split('\n')) {
    const match = frame.exec(line.trimEnd())
    if (match === null) continue
    const file = pathOf(match[1] as string)
    if (isOurs(file)) {
      if (beforeOurs) return undefined
    } else if (!file.includes('node_modules')) return { file, line: match[2] as string }
  }
  return undefined
}

/** True when a file of this package (`jiti`, `tsx`) called before any of the user's did. */
export function calledBy(packageName: string): boolean {
  for (const line of currentStack().split('\n').slice(1)) {
    const match = frame.exec(line.trimEnd())
    if (match === null) continue
    const file = pathOf(match[1] as string)
    if (isOurs(file) && boxFolder.test(file.replaceAll('\\', '/').replace(/[^/]*$/, ''))) continue
    return file.includes(`node_modules/${packageName}/`)
  }
  return false
}

function isOurs(file: string): boolean {
  const path = file.replaceAll('\\', '/')
  return ours.some((folder) => path.startsWith(folder))
}

function pathOf(specifier: string): string {
  const bare = specifier.replace(/\?.*$/, '')
  return bare.startsWith('file://') ? fileURLToPath(bare) : bare
}

export function currentStack(): string {
  const limit = Error.stackTraceLimit
  Error.stackTraceLimit = 60
  const stack = new Error().stack ?? ''
  Error.stackTraceLimit = limit
  return stack
}
