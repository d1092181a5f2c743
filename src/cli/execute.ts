/** A command line from its words to its exit code. */

import { isStormproofError } from '../core/error.js'
import { forTerminal } from '../core/sanitize.js'
import { type CommandLine, type CommandName, parseCommandLine } from './command-line.js'
import { completion } from './completion.js'
import { diff } from './diff.js'
import { doctor } from './doctor.js'
import { exitCodeOf } from './exit-code.js'
import { explain } from './explain.js'
import { fork } from './fork.js'
import { helpText, moreHelpText } from './help.js'
import { init } from './init.js'
import { keep } from './keep.js'
import { list } from './list.js'
import { merge } from './merge.js'
import { replay } from './replay.js'
import { report } from './report.js'
import { resume } from './resume.js'
import { run } from './run.js'
import type { Terminal } from './terminal.js'
import { tool } from './tool.js'
import { trace } from './trace.js'
import { packageVersion } from './version.js'

type Command = (line: CommandLine, folder: string, terminal: Terminal) => Promise<number> | number

const commands: Readonly<Record<CommandName, Command>> = {
  run,
  resume,
  trace,
  completion: (line, _folder, terminal) => completion(line, terminal),
  report,
  diff,
  merge,
  replay,
  fork,
  tool,
  keep,
  list,
  explain: (line, _folder, terminal) => explain(line, terminal),
  init,
  doctor,
  help: (line, _folder, terminal) => showHelp(line.words, terminal),
}

/** Errors become a message, a remedy and an exit code; never a rejection. */
export async function execute(argv: readonly string[], folder: string, terminal: Terminal): Promise<number> {
  try {
    const line = parseCommandLine(argv)
    if (line.version) {
      terminal.out(`${packageVersion()}\n`)
      return 0
    }
    if (line.help) return showHelp(line.command === 'help' ? line.words : [], terminal)
    return await commands[line.command](line, folder, terminal)
  } catch (error) {
    terminal.error(errorText(error))
    return exitCodeOf(error)
  }
}

function showHelp(words: readonly string[], terminal: Terminal): number {
  terminal.out(words[0] === 'more' ? moreHelpText() : helpText(packageVersion()))
  return 0
}

function errorText(error: unknown): string {
  if (isStormproofError(error)) {
    const remedy = error.remedy === undefined ? '' : `   → ${forTerminal(error.remedy)}\n`
    return ` ✗ ${forTerminal(error.message)}\n${remedy}`
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error)
  return ` ✗ an error inside stormproof; please report it with these lines:\n${stack}\n`
}
