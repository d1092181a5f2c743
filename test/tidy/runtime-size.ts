/** How much there is to read of the agent's runtime: a figure that may fall and never rises. */

import type { Finding } from './finding.js'
import type { SourceFile } from './source-file.js'

/** Of both folders: `code` without blank lines and comments, `all` with them. Lower both with every cut. */
const most = { code: 4_498, all: 5_720 }

export function grownRuntime(files: readonly SourceFile[], limit = most): readonly Finding[] {
  const runtime = files.filter((file) => file.isCode && file.isIn(['src/agent', 'src/resilience']))
  const longest = runtime.reduce<SourceFile | undefined>((a, b) => (a && a.lines >= b.lines ? a : b), undefined)
  if (!longest) return []
  const counts = [
    { lines: sum(runtime, codeLines), limit: limit.code, counted: 'lines of code, without blank lines and comments' },
    { lines: sum(runtime, ({ lines }) => lines), limit: limit.all, counted: 'lines, with blank lines and comments' },
  ]
  return counts
    .filter(({ lines, limit: most }) => lines > most)
    .map(({ lines, limit: most, counted }) => ({
      file: longest.path,
      line: 1,
      what: `src/agent and src/resilience have ${lines} ${counted}, at most ${most}`,
      remedy: 'take out as many lines of the two folders as you put in',
    }))
}

const sum = (files: readonly SourceFile[], of: (file: SourceFile) => number): number =>
  files.reduce((total, file) => total + of(file), 0)

/** Lines that hold more than blanks and a comment. The formatter begins every comment that spans lines on a line of its own. */
function codeLines({ text }: SourceFile): number {
  let isComment = false
  return text.split('\n').filter((raw) => {
    const line = raw.trim()
    const isInside = isComment || line.startsWith('/*')
    if (isInside) isComment = !line.includes('*/')
    return line !== '' && !isInside && !line.startsWith('//')
  }).length
}
