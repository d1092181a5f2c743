/** Where a user's modules keep state: top-level variables that outlive a trial. A guess from the text, for a message; nothing is decided by it. */

import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, relative, resolve } from 'node:path'
import { mask } from '../core/mask.js'

export interface StateLine {
  /** `src/session-cache.ts:4`, relative to the working directory. */
  readonly at: string
  readonly line: string
}

const endings = ['', '.ts', '.tsx', '.mts', '.js', '.mjs', '.jsx', '.cjs', '/index.ts', '/index.js']
const importing = /(?:\bfrom\s*|\bimport\s*\(?\s*|\brequire\s*\(\s*)(["'])(\.{1,2}\/[^"']*|\.{1,2})\1/g
/** Indented declarations are not at the top level in formatted code. */
const keeping =
  /^(?:export\s+)?(?:let|var)\s|^(?:export\s+)?const\s+[\w$]+(?:\s*:[^=]+)?\s*=\s*(?:new\s+(?:Map|Set|WeakMap|WeakSet|Array)\b|Object\.create\(null\)|\[\s*\]|\{\s*\})/
const listed = 12

/** In the files that `file` reaches by relative imports, itself included; at most a dozen. */
export function moduleState(file: string): readonly StateLine[] {
  return userModules(file)
    .flatMap((path) =>
      linesOf(path).flatMap((line, index) =>
        keeping.test(line)
          ? [{ at: `${relative(process.cwd(), path)}:${index + 1}`, line: mask(line.trim()) as string }]
          : [],
      ),
    )
    .slice(0, listed)
}

/** Absolute paths, in the order in which they are met. */
export function userModules(file: string): readonly string[] {
  const met = new Set<string>([resolve(file)])
  for (const path of met)
    for (const [, , specifier] of linesOf(path).join('\n').matchAll(importing)) {
      const target = resolved(join(dirname(path), specifier as string))
      if (target !== undefined) met.add(target)
    }
  return [...met]
}

/** An import may leave the ending out, or name the `.js` that a `.ts` becomes. */
function resolved(path: string): string | undefined {
  const source = path.replace(/\.([cm]?)js(x?)$/, '.$1ts$2')
  return [...endings.map((ending) => path + ending), source].find(isFile)
}

const isFile = (path: string): boolean => existsSync(path) && statSync(path).isFile()

function linesOf(path: string): readonly string[] {
  try {
    return readFileSync(path, 'utf8').split('\n')
  } catch {
    return []
  }
}
