/** The user's modules that Node loads itself, once a process: no fresh copy of them can be made. */

import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { StormproofError } from '../core/error.js'
import { userModules } from './module-state.js'

/** Throws a `scenario` error when `file`, which asks for `isolate`, reaches such a module. */
export function checkCopyable(file: string): void {
  const native = userModules(file).find(isNative)
  if (native === undefined) return
  const path = relative(process.cwd(), native)
  throw new StormproofError(
    'scenario',
    `\`isolate\` cannot copy ${path}: Node itself loads it, and keeps one copy a process`,
    {
      remedy: `rename it to ${path.replace(/\.m?js$/, '.ts')}, or leave \`isolate\` out and reset its state in \`run\``,
    },
  )
}

/** `.mjs`, and `.js` where the nearest package says `"type": "module"`. */
const isNative = (path: string): boolean =>
  path.endsWith('.mjs') || (path.endsWith('.js') && typeAt(dirname(path)) === 'module')

function typeAt(folder: string): unknown {
  const file = join(folder, 'package.json')
  if (existsSync(file)) return (JSON.parse(readFileSync(file, 'utf8')) as { type?: unknown }).type
  return dirname(folder) === folder ? undefined : typeAt(dirname(folder))
}
