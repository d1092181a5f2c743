/** Files that a command writes for the user: one that is there already is never touched. */

import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { StormproofError } from '../core/error.js'

/** The name itself, or `name-2` and so on, so that none of the files of that name is there yet. */
export function freeName(folder: string, name: string, endings: readonly string[]): string {
  for (let number = 1; ; number++) {
    const tried = number === 1 ? name : `${name}-${number}`
    if (!endings.some((ending) => existsSync(join(folder, tried + ending)))) return tried
  }
}

/** Throws an `unwritable` error where it cannot be written, or appeared meanwhile. */
export function writeNew(folder: string, file: string, text: string): void {
  try {
    writeFileSync(join(folder, file), text, { flag: 'wx' })
  } catch (error) {
    throw new StormproofError('unwritable', `${file} cannot be written: ${(error as Error).message}`, {
      remedy: 'run init in a folder that you may write to',
      cause: error,
    })
  }
}
