/** Entry of the program: runs its command line and sets the exit code; the process ends when nothing is left to write. */

import { execute } from './execute.js'
import { processTerminal } from './terminal.js'

const argv = process.argv.slice(2)
const terminal = processTerminal({ noColor: argv.includes('--no-color'), json: argv.includes('--json') })
process.exitCode = await execute(argv, process.cwd(), terminal)
