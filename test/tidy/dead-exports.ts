/** Exports that nobody imports. What only its own file needs is not exported; what nobody needs is deleted. */

import { bindingNames } from './binding.js'
import type { Finding } from './finding.js'
import { importsOf, moduleName, resolveImport } from './imports.js'
import type { SourceFile } from './source-file.js'
import { isNode, type Node, nameOf, walk } from './syntax.js'

interface Export {
  readonly name: string
  readonly line: number
  /** A type that its own file declares. */
  readonly isType: boolean
}

/** Entry files are the public surface: their exports are imported by users. */
const isEntry = (file: SourceFile): boolean => /^src\/[^/]+$/.test(file.path)

/**
 * Exports of src/ that no other file of the repository imports. A type is alive also where its own file uses it: it names what
 * an exported function takes or gives, and a caller must be able to say it.
 */
export function deadExports(files: readonly SourceFile[]): readonly Finding[] {
  const code = files.filter((file) => file.isCode)
  const taken = namesTaken(code)
  return code
    .filter((file) => file.isIn(['src']) && !isEntry(file))
    .flatMap((file) => {
      const used = taken.get(file.path)
      if (used?.has('*')) return []
      return exportsOf(file)
        .filter(({ name, isType }) => !used?.has(name) && !(isType && mentions(file, name) > 1))
        .map(({ name, line }) => ({
          file: file.path,
          line,
          what: `nobody imports ${name}`,
          remedy: 'delete it, or drop the word `export` where its own file needs it',
        }))
    })
}

/** What is imported of each file, by any file. */
function namesTaken(code: readonly SourceFile[]): ReadonlyMap<string, ReadonlySet<string>> {
  const taken = new Map<string, Set<string>>()
  for (const file of code) {
    for (const { specifier, names } of importsOf(file)) {
      const target = resolveImport(file, specifier)
      if (target === undefined) continue
      const known = taken.get(target) ?? new Set()
      taken.set(target, known)
      for (const name of names) known.add(name)
    }
  }
  return taken
}

function exportsOf(file: SourceFile): readonly Export[] {
  return (file.syntax.body as readonly Node[]).flatMap((node) => {
    const line = file.lineAt(node.start)
    if (node.type === 'ExportDefaultDeclaration') return [{ name: 'default', line, isType: false }]
    if (node.type !== 'ExportNamedDeclaration') return []
    const specifiers = node.specifiers as readonly Node[]
    if (specifiers.length > 0) return specifiers.map((one) => ({ name: moduleName(one.exported), line, isType: false }))
    const isType = isNode(node.declaration) && /^TS(Interface|TypeAlias)Declaration$/.test(node.declaration.type)
    return declaredNames(node.declaration).map((name) => ({ name, line, isType }))
  })
}

function declaredNames(declaration: unknown): readonly string[] {
  if (!isNode(declaration)) return []
  if (declaration.type === 'VariableDeclaration')
    return (declaration.declarations as readonly Node[]).flatMap(bindingNames)
  const name = nameOf(declaration.id)
  return name === undefined ? [] : [name]
}

function mentions(file: SourceFile, name: string): number {
  let count = 0
  walk(file.syntax, (node) => {
    if (nameOf(node) === name) count++
  })
  return count
}
