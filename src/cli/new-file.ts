/** Files that a command writes for the user: one that is there already is never touched. */

import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { StormproofError } from '../core/error.js'
import type { Terminal } from './terminal.js'

const endings = ['.scenario.ts', '.backend.ts']

/** The name itself, or `name-2` and so on, so that neither file of that name is there yet; tells where the name itself was taken. */
export function freeName(folder: string, name: string, terminal: Terminal): string {
  for (let number = 1; ; number++) {
    const tried = number === 1 ? name : `${name}-${number}`
    if (!endings.some((ending) => existsSync(join(folder, tried + ending)))) return tried
    if (number === 1) terminal.out(` ${name}.scenario.ts or its backend is there already, and stays as it is\n`)
  }
}

/** Throws an `unwritable` error where it cannot be written, or appeared meanwhile. */
function writeNew(folder: string, file: string, text: string): void {
  try {
    writeFileSync(join(folder, file), text, { flag: 'wx' })
  } catch (error) {
    throw new StormproofError('unwritable', `${file} cannot be written: ${(error as Error).message}`, {
      remedy: 'run init in a folder that you may write to',
      cause: error,
    })
  }
}

interface Draft {
  readonly scenario: string
  readonly backend: string | undefined
}

/** The backend first: a scenario without it would not load. */
export function writeDraft(folder: string, name: string, { scenario, backend }: Draft, terminal: Terminal): void {
  if (backend !== undefined) writeNew(folder, `${name}.backend.ts`, backend)
  writeNew(folder, `${name}.scenario.ts`, scenario)
  terminal.out(` wrote ${name}.scenario.ts${backend === undefined ? '' : ` and ${name}.backend.ts`}\n`)
}
