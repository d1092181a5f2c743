/** Names of files and of what code declares: kebab-case files, and the words of the glossary. */

import { bindingNames } from './binding.js'
import type { Finding } from './finding.js'
import type { SourceFile } from './source-file.js'
import { type Node, nameOf, walk } from './syntax.js'

const named = ['src', 'reporters', 'scenarios', 'bench', 'test', 'docs', 'bin']
const kebab = /^[a-z0-9]+(-[a-z0-9]+)*$/
/** What may follow a name before its extension, besides nothing. */
const kind = '(\\.(test|scenario|backend|fault|invariant|config|types|bench|sim\\.test|tool\\.test|d))?'
const fileName = new RegExp(`^[a-z0-9]+(-[a-z0-9]+)*${kind}(\\.[a-z0-9]+)?$`)

/** Words that say nothing or that the glossary replaced, and what to write instead. */
export const bannedWords: Readonly<Record<string, string>> = {
  util: 'name the concept',
  utils: 'name the concept',
  helper: 'name the concept',
  helpers: 'name the concept',
  common: 'name what is shared',
  misc: 'name the concept',
  manager: 'name what it does',
  mock: 'say scripted or simulated',
  mocks: 'say scripted or simulated',
  mocked: 'say scripted or simulated',
  chaos: 'say fault or storm',
  nemesis: 'say fault plan',
  llm: 'say model',
  rollback: 'say compensation',
  orphaned: 'say late',
  msg: 'say message',
  opts: 'say options',
  cfg: 'say config',
  ctx: 'say context',
}

/** Files and folders that are not kebab-case. Documents that hosts look for (`README.md`) keep their capitals. */
export function oddFileNames(files: readonly SourceFile[]): readonly Finding[] {
  return files.flatMap(({ path }) => {
    const parts = path.split('/')
    const base = parts.pop() as string
    if (parts.length === 0 || !named.includes(parts[0] as string)) return []
    const odd =
      parts.find((folder) => !kebab.test(folder)) ??
      (fileName.test(base) || /^[A-Z]+\.md$/.test(base) ? undefined : base)
    return odd === undefined
      ? []
      : [
          {
            file: path,
            line: 1,
            what: `${odd} is not kebab-case`,
            remedy: 'rename it: small letters, digits and hyphens',
          },
        ]
  })
}

/** Banned words in paths, and in names that code declares. Names it merely uses belong to others. */
export function bannedNames(files: readonly SourceFile[]): readonly Finding[] {
  return files
    .filter((file) => file.isIn(named))
    .flatMap((file) => {
      const inPath = offence(file.path.replace(/[/.-]/g, ' '), file.path)
      return [
        ...(inPath ? [{ file: file.path, line: 1, ...inPath }] : []),
        ...(file.isCode ? bannedDeclarations(file) : []),
      ]
    })
}

function bannedDeclarations(file: SourceFile): readonly Finding[] {
  const findings: Finding[] = []
  walk(file.syntax, (node) => {
    for (const declared of [...bindingNames(node), ...memberNames(node)]) {
      const found = offence(declared, declared)
      if (found) findings.push({ file: file.path, line: file.lineAt(node.start), ...found })
    }
  })
  return findings
}

const memberTypes = new Set([
  'PropertyDefinition',
  'MethodDefinition',
  'TSPropertySignature',
  'TSMethodSignature',
  'TSEnumMember',
])
const typeTypes = new Set([
  'TSTypeAliasDeclaration',
  'TSInterfaceDeclaration',
  'TSEnumDeclaration',
  'ClassExpression',
  'TSTypeParameter',
])

function memberNames(node: Node): readonly string[] {
  const name = memberTypes.has(node.type)
    ? nameOf(node.key)
    : typeTypes.has(node.type)
      ? (nameOf(node.id) ?? nameOf(node.name))
      : undefined
  return name === undefined ? [] : [name]
}

/** The first banned word of a name in camelCase, kebab-case or capitals. */
function offence(name: string, shown: string): Pick<Finding, 'what' | 'remedy'> | undefined {
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
  const word = words.find((one) => Object.hasOwn(bannedWords, one))
  return word === undefined
    ? undefined
    : { what: `${shown} has the word "${word}"`, remedy: bannedWords[word] as string }
}
