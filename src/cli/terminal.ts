/** Where the command line writes, what that place can show, and who answers there. */

import { createInterface } from 'node:readline'

/** A sink for text; `wide` is its columns. */
export interface Terminal {
  out(text: string): void
  error(text: string): void
  readonly width: number
  readonly color: boolean
  /** Standard error is somebody's screen. */
  readonly live: boolean
  /** What somebody types, line by line, until the input ends. */
  readonly lines?: () => AsyncIterable<string>
}

/** The real one. A reader that has gone away ends the process quietly: `stormproof list | head` is no error. */
export function processTerminal(options: { readonly noColor: boolean; readonly json: boolean }): Terminal {
  const quietly = (error: NodeJS.ErrnoException): void => {
    if (error.code === 'EPIPE') process.exit(process.exitCode ?? 0)
    throw error
  }
  process.stdout.on('error', quietly)
  process.stderr.on('error', quietly)
  const write = process.stdout.write.bind(process.stdout)
  // With --json nothing but our own lines may reach stdout: whatever else writes there goes to stderr.
  if (options.json) process.stdout.write = process.stderr.write.bind(process.stderr) as typeof process.stdout.write
  return {
    out: (text) => void write(text),
    error: (text) => void process.stderr.write(text),
    width: process.stdout.columns ?? Number(process.env['COLUMNS'] || 110),
    color: wantsColor(process.env, process.stdout.isTTY === true, options.noColor),
    live: process.stderr.isTTY === true,
    lines: () => createInterface({ input: process.stdin }),
  }
}

/** The flag, then NO_COLOR, then FORCE_COLOR, then whether it is a terminal. */
export function wantsColor(
  environment: Readonly<Record<string, string | undefined>>,
  isTerminal: boolean,
  noColor: boolean,
): boolean {
  if (noColor || environment['NO_COLOR']) return false
  const forced = environment['FORCE_COLOR']
  if (forced !== undefined) return forced !== '0' && forced !== 'false'
  return isTerminal && environment['TERM'] !== 'dumb'
}
