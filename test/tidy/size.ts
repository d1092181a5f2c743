/** How long files and functions may be. */

import type { Finding } from './finding.js'
import type { SourceFile } from './source-file.js'
import { type Node, nameOf, walk } from './syntax.js'

const fileLimit = 400
const medianLimit = 100
const functionLimit = 70

export function longFiles(files: readonly SourceFile[]): readonly Finding[] {
  return files
    .filter((file) => file.isCode && file.lines > fileLimit)
    .map((file) => ({
      file: file.path,
      line: fileLimit + 1,
      what: `${file.lines} lines, at most ${fileLimit}`,
      remedy: 'give each concept its own file',
    }))
}

/** The typical file of src/ and reporters/ is about one concept. */
export function longMedian(files: readonly SourceFile[]): readonly Finding[] {
  const code = files.filter((file) => file.isCode && file.isIn(['src', 'reporters']))
  const sizes = code.map((file) => file.lines).sort((a, b) => a - b)
  const median = sizes[Math.floor((sizes.length - 1) / 2)] ?? 0
  if (median < medianLimit) return []
  const longest = code.reduce((a, b) => (b.lines > a.lines ? b : a))
  const what = `the median file has ${median} lines, under ${medianLimit} wanted`
  return [{ file: longest.path, line: 1, what, remedy: 'split the long files, this one first' }]
}

/** Functions, methods and arrows; a function counts the ones inside it. The body of a `describe` is a list, not a function. */
export function longFunctions(files: readonly SourceFile[]): readonly Finding[] {
  return files
    .filter((file) => file.isCode)
    .flatMap((file) => {
      const findings: Finding[] = []
      walk(file.syntax, (node, around) => {
        if (!isFunction(node) || isDescribed(around.at(-1))) return
        const line = file.lineAt(node.start)
        const lines = file.lineAt(node.end) - line + 1
        if (lines <= functionLimit) return
        const name = nameOf(node.id) ?? nameOf(around.at(-1)?.key) ?? nameOf(around.at(-1)?.id) ?? 'this function'
        findings.push({
          file: file.path,
          line,
          what: `${name} has ${lines} lines, at most ${functionLimit}`,
          remedy: 'keep the control flow, move pure leaves out',
        })
      })
      return findings
    })
}

const isFunction = (node: Node): boolean =>
  /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type)

function isDescribed(parent: Node | undefined): boolean {
  if (parent?.type !== 'CallExpression') return false
  let callee = parent.callee as Node
  while (callee.type === 'CallExpression' || callee.type === 'MemberExpression')
    callee = (callee.callee ?? callee.object) as Node
  return nameOf(callee) === 'describe'
}
