/** Syntax trees of TypeScript, from the parser that vitest brings along: rules read code, not text that looks like code. */

import { parseAst } from 'vitest/node'

/** Any node of an ESTree, with the fields that rules read; `start` and `end` are offsets. */
export interface Node {
  readonly type: string
  readonly start: number
  readonly end: number
  readonly name?: unknown
  readonly value?: unknown
  readonly id?: unknown
  readonly key?: unknown
  readonly computed?: unknown
  readonly source?: unknown
  readonly specifiers?: unknown
  readonly importKind?: unknown
  readonly exportKind?: unknown
  readonly imported?: unknown
  readonly exported?: unknown
  readonly local?: unknown
  readonly qualifier?: unknown
  readonly declaration?: unknown
  readonly declarations?: unknown
  readonly body?: unknown
  readonly properties?: unknown
  readonly object?: unknown
  readonly property?: unknown
  readonly callee?: unknown
  readonly arguments?: unknown
  readonly left?: unknown
  readonly right?: unknown
  readonly operator?: unknown
  readonly kind?: unknown
  readonly [field: string]: unknown
}

/** A node and the nodes around it, the nearest last. */
export type Visitor = (node: Node, around: readonly Node[]) => void

export function parse(path: string, text: string): Node {
  return parseAst(text, { lang: path.endsWith('.ts') ? 'ts' : 'js' }, path) as unknown as Node
}

/** Visits every node, parents before children. */
export function walk(root: Node, visit: Visitor): void {
  const around: Node[] = []
  const enter = (node: Node): void => {
    visit(node, around)
    around.push(node)
    for (const child of childrenOf(node)) enter(child)
    around.pop()
  }
  enter(root)
}

export function childrenOf(node: Node): readonly Node[] {
  return Object.values(node).flatMap((value) =>
    Array.isArray(value) ? value.filter(isNode) : isNode(value) ? [value] : [],
  )
}

export const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && typeof (value as { type?: unknown }).type === 'string'

/** The name of an identifier, private ones included; undefined for everything else. */
export function nameOf(value: unknown): string | undefined {
  if (!isNode(value)) return undefined
  return value.type === 'Identifier' || value.type === 'PrivateIdentifier' ? (value.name as string) : undefined
}

/** The text of a string literal. */
export function textOf(value: unknown): string | undefined {
  return isNode(value) && value.type === 'Literal' && typeof value.value === 'string' ? value.value : undefined
}
