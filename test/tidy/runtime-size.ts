/** How much there is to read of the agent's runtime: a figure that may fall and never rises. */

import type { Finding } from './finding.js'
import type { SourceFile } from './source-file.js'

/** Lines of both folders, comments and blank ones too. Lower it with every cut. */
const most = 5_840

export function grownRuntime(files: readonly SourceFile[], limit = most): readonly Finding[] {
  const code = files.filter((file) => file.isCode && file.isIn(['src/agent', 'src/resilience']))
  const lines = code.reduce((sum, file) => sum + file.lines, 0)
  if (lines <= limit) return []
  const longest = code.reduce((a, b) => (b.lines > a.lines ? b : a))
  const what = `src/agent and src/resilience have ${lines} lines, at most ${limit}`
  return [{ file: longest.path, line: 1, what, remedy: 'take out as many lines of the two folders as you put in' }]
}
