/**
 * How much one reads to know what the loop does. Counted, with comments and blank lines: all of `decide`, with the union of actions, and
 * of `perform`, and the two functions that turn the wheel, `runSession` and `fold`. Not counted, as they are lists of cases that the
 * loop does not know: the handlers of events behind `fold`, the actions that `perform` calls, and how a run is opened.
 */

import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { SourceFile } from '../tidy/source-file.js'
import { nameOf, walk } from '../tidy/syntax.js'

const limit = 250

function source(name: string): SourceFile {
  const path = `src/agent/${name}.ts`
  return new SourceFile(path, readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8'))
}

function linesOfFunction(file: SourceFile, name: string): number {
  let lines = 0
  walk(file.syntax, (node) => {
    if (node.type === 'FunctionDeclaration' && nameOf(node.id) === name) {
      lines = file.lineAt(node.end) - file.lineAt(node.start) + 1
    }
  })
  return lines
}

it('seed-212: the kernel of the loop has at most 250 lines', () => {
  const parts = {
    decide: source('decide').lines,
    perform: source('perform').lines,
    runSession: linesOfFunction(source('run-session'), 'runSession'),
    fold: linesOfFunction(source('fold'), 'fold'),
  }
  for (const [part, lines] of Object.entries(parts)) expect(lines, part).toBeGreaterThan(5)
  const kernel = Object.values(parts).reduce((sum, lines) => sum + lines, 0)
  expect(kernel, JSON.stringify(parts)).toBeLessThanOrEqual(limit)
})
