/** Ambient time, randomness, timers, network and process: what would make a simulation depend on the machine it runs on. */

import { bindingNames } from './binding.js'
import type { Finding } from './finding.js'
import { importsOf, packageOf } from './imports.js'
import type { SourceFile } from './source-file.js'
import { type Node, nameOf, walk } from './syntax.js'

/** Where the machine is let in: `platform` is the production side of the ports, `box` replaces the globals, `cli` and `vitest` are at the edge. */
const edge = ['src/platform', 'src/box', 'src/cli', 'src/vitest', 'src/vitest.ts', 'src/register.ts']

export interface AmbientException {
  readonly file: string
  readonly name: string
  readonly because: string
}

/** Uses elsewhere, each with its reason. One that is no longer needed is a finding itself. */
export const exceptions: readonly AmbientException[] = []

/** Globals that are refused however they are used, so that an alias is caught where it is made. */
const globals = new Set([
  'setTimeout',
  'setInterval',
  'setImmediate',
  'clearTimeout',
  'clearInterval',
  'clearImmediate',
  'queueMicrotask',
  'performance',
  'process',
  'crypto',
  'fetch',
  'WebSocket',
  'EventSource',
  'XMLHttpRequest',
  'BroadcastChannel',
  'MessageChannel',
  'Temporal',
  'console',
])

/** Members that are ambient of globals that are not. */
const members: Readonly<Record<string, readonly string[]>> = {
  Math: ['random'],
  Date: ['now'],
  AbortSignal: ['timeout'],
}

const remedy =
  'take it through a port (Clock, Random, Ids, Store, Model) or as a parameter; ambient calls live in src/platform and src/box'

/** Ambient uses in src/ and reporters/ outside the edge, and exceptions that nothing needs. */
export function ambientUses(
  files: readonly SourceFile[],
  excepted: readonly AmbientException[] = exceptions,
): readonly Finding[] {
  const needed = new Set<AmbientException>()
  const uses = files
    .filter((file) => file.isCode && file.isIn(['src', 'reporters']) && !file.isIn(edge))
    .flatMap((file) =>
      usesIn(file).filter(({ name }) => {
        const exception = excepted.find((one) => one.file === file.path && one.name === name)
        if (exception) needed.add(exception)
        return !exception
      }),
    )
  const stale = excepted.filter((one) => !needed.has(one))
  return [
    ...uses,
    ...stale.map(({ file, name }) => ({
      file,
      line: 1,
      what: `the exception for ${name} is not needed`,
      remedy: 'take it off the list',
    })),
  ]
}

interface Use extends Finding {
  readonly name: string
}

function usesIn(file: SourceFile): readonly Use[] {
  const imported = importsOf(file)
    .filter(({ specifier, kind }) => kind !== 'type' && specifier.startsWith('node:'))
    .map(({ specifier, line }) => ({
      file: file.path,
      line,
      name: packageOf(specifier),
      what: `imports ${specifier}`,
      remedy,
    }))
    .filter(({ name }) =>
      /^node:(fs|net|tls|http2?|https|dgram|dns|crypto|timers|perf_hooks|process|child_process|worker_threads|os)$/.test(
        name,
      ),
    )
  const bound = boundNames(file.syntax)
  const uses: Use[] = [...imported]
  walk(file.syntax, (node, around) => {
    const name = ambientName(node, around, bound)
    if (name !== undefined)
      uses.push({ file: file.path, line: file.lineAt(node.start), name, what: `uses ${name}`, remedy })
  })
  return uses
}

/** The ambient thing a node is, as one would write it; undefined for everything else. */
function ambientName(node: Node, around: readonly Node[], bound: ReadonlySet<string>): string | undefined {
  const parent = around.at(-1)
  if (node.type === 'MemberExpression' && nameOf(node.object) === 'globalThis') {
    const member = memberName(node)
    return member === undefined || globals.has(member) || member in members ? `globalThis.${member ?? '…'}` : undefined
  }
  if (node.type === 'CallExpression' || node.type === 'NewExpression')
    return nameOf(node.callee) === 'seedrandom' && (node.arguments as readonly unknown[]).length === 0
      ? 'seedrandom() without a seed'
      : undefined
  const name = nameOf(node)
  if (name === undefined || node.type !== 'Identifier' || !isReference(node, parent) || bound.has(name))
    return undefined
  if (globals.has(name)) return name
  if (!(name in members) || parent === undefined) return undefined
  if (name === 'Date') return ambientDate(node, parent)
  if (parent.type === 'MemberExpression' && parent.object === node) {
    const member = memberName(parent)
    return member !== undefined && !members[name]?.includes(member) ? undefined : `${name}.${member ?? '[…]'}`
  }
  return isType(parent) || isInstanceof(parent, node) ? undefined : name === 'Math' ? 'Math itself' : undefined
}

/** `new Date(x)`, `Date.UTC`, `Date.parse` and `instanceof Date` are pure; `new Date()`, `Date()`, `Date.now` and `Date` as a value are not. */
function ambientDate(node: Node, parent: Node): string | undefined {
  if (parent.type === 'NewExpression' && parent.callee === node)
    return (parent.arguments as readonly unknown[]).length > 0 ? undefined : 'new Date()'
  if (parent.type === 'MemberExpression' && parent.object === node) {
    const member = memberName(parent)
    return member === 'UTC' || member === 'parse' || member === 'prototype' ? undefined : `Date.${member ?? '[…]'}`
  }
  return isType(parent) || isInstanceof(parent, node) ? undefined : 'Date itself'
}

function memberName(member: Node): string | undefined {
  return member.computed === true ? undefined : nameOf(member.property)
}

const isType = (parent: Node): boolean =>
  parent.type.startsWith('TS') && !/^TS(As|Satisfies|NonNull|TypeAssertion)/.test(parent.type)

const isInstanceof = (parent: Node, node: Node): boolean =>
  parent.type === 'BinaryExpression' && parent.operator === 'instanceof' && parent.right === node

/** Whether an identifier stands for a value, rather than naming a member, a key, a label or a type. */
function isReference(node: Node, parent: Node | undefined): boolean {
  if (parent === undefined) return false
  if (isType(parent)) return false
  switch (parent.type) {
    case 'MemberExpression':
      return parent.object === node || parent.computed === true
    case 'Property':
    case 'PropertyDefinition':
    case 'MethodDefinition':
    case 'AccessorProperty':
      return parent.value === node || parent.computed === true
    case 'ImportSpecifier':
    case 'ExportSpecifier':
      return false
    default:
      return true
  }
}

/** Every name a file declares anywhere: what shadows a global is the file's own. */
function boundNames(root: Node): ReadonlySet<string> {
  const names = new Set<string>()
  walk(root, (node) => {
    for (const name of bindingNames(node)) names.add(name)
  })
  return names
}
