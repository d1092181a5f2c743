/** Getters of an object's own: V8 keeps one, and all it closes over, until the next major collection. A trial made so costs a third more. */

import type { Finding } from './finding.js'
import type { SourceFile } from './source-file.js'
import { nameOf, walk } from './syntax.js'

/** What a trial makes afresh. */
const perTrial = ['src/core', 'src/agent', 'src/resilience', 'src/kernel', 'src/sim', 'src/scenario', 'src/check']

export function ownGetters(files: readonly SourceFile[]): readonly Finding[] {
  return files
    .filter((file) => file.isCode && file.isIn(perTrial))
    .flatMap((file) => {
      const findings: Finding[] = []
      walk(file.syntax, (node) => {
        if (node.type !== 'Property' || node.kind !== 'get') return
        findings.push({
          file: file.path,
          line: file.lineAt(node.start),
          what: `get ${nameOf(node.key) ?? ''}`,
          remedy: 'make it a method, or a getter of a class',
        })
      })
      return findings
    })
}
