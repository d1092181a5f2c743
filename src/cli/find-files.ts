/** Files by glob below a folder: `**`, `*`, `?` and `{a,b}`; dependencies, build output and dot folders are skipped. */

import { readdirSync } from 'node:fs'
import { join } from 'node:path'

const skipped = new Set(['node_modules', 'dist', 'coverage'])

/** Paths relative to `folder`, with `/`, in byte order. */
export function findFiles(folder: string, globs: readonly string[]): readonly string[] {
  const patterns = globs.map(globPattern)
  const found: string[] = []
  const walk = (relative: string): void => {
    for (const entry of readdirSync(join(folder, relative), { withFileTypes: true })) {
      const path = relative === '' ? entry.name : `${relative}/${entry.name}`
      if (entry.isDirectory() && !skipped.has(entry.name) && !entry.name.startsWith('.')) walk(path)
      else if (entry.isFile() && patterns.some((pattern) => pattern.test(path))) found.push(path)
    }
  }
  walk('')
  return found.sort()
}

/** A glob as a regular expression over paths with `/`. */
export function globPattern(glob: string): RegExp {
  const parts = glob
    .replace(/^\.\//, '')
    .split(/(\*\*\/|\*\*|\*|\?|\{[^{}]*\})/)
    .map((part) => {
      if (part === '**/') return '(?:.*/)?'
      if (part === '**') return '.*'
      if (part === '*') return '[^/]*'
      if (part === '?') return '[^/]'
      if (part.startsWith('{') && part.endsWith('}'))
        return `(?:${part.slice(1, -1).split(',').map(escaped).join('|')})`
      return escaped(part)
    })
  return new RegExp(`^${parts.join('')}$`)
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')
