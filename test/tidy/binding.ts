/** The names a piece of syntax binds: declarations, parameters, imports, patterns of any depth. */

import { isNode, type Node, nameOf } from './syntax.js'

const bindingFields: Readonly<Record<string, readonly string[]>> = {
  VariableDeclarator: ['id'],
  FunctionDeclaration: ['id', 'params'],
  FunctionExpression: ['id', 'params'],
  ArrowFunctionExpression: ['params'],
  ClassDeclaration: ['id'],
  CatchClause: ['param'],
  ImportSpecifier: ['local'],
  ImportDefaultSpecifier: ['local'],
  ImportNamespaceSpecifier: ['local'],
}

const innerFields = ['properties', 'elements', 'value', 'argument', 'left', 'parameter']

/** Names bound by this node itself, not by those inside its body. */
export function bindingNames(node: Node): readonly string[] {
  return (bindingFields[node.type] ?? []).flatMap((field) => patternNames(node[field]))
}

function patternNames(pattern: unknown): readonly string[] {
  if (Array.isArray(pattern)) return pattern.flatMap(patternNames)
  if (!isNode(pattern)) return []
  const name = nameOf(pattern)
  return name === undefined ? innerFields.flatMap((field) => patternNames(pattern[field])) : [name]
}
