/** A project of a user, in a temporary folder, with the packed package installed and its dependencies linked from this checkout. */

import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { checkout, type Packed, removeFolder, run, temporaryFolder } from './packed.js'

export interface Consumer {
  readonly folder: string
  readonly installed: string
  write(file: string, text: string): void
  read(file: string): string
  remove(): void
}

/** What the user's project itself depends on, beside stormproof. */
const own = ['@ai-sdk/openai', '@types/node', 'ai', 'typescript', 'vitest', 'zod']

/** Only what the package or the project declares is linked: an import of anything else fails, as it would for a user. */
export function newConsumer(packed: Packed): Consumer {
  const folder = temporaryFolder('consumer')
  const modules = join(folder, 'node_modules')
  const installed = join(modules, 'stormproof')
  mkdirSync(installed, { recursive: true })
  run('tar', ['-xzf', packed.tarball, '-C', installed, '--strip-components=1'], folder)
  for (const name of new Set([...own, ...Object.keys(manifestOf(installed).dependencies)])) {
    mkdirSync(dirname(join(modules, name)), { recursive: true })
    symlinkSync(join(checkout, 'node_modules', name), join(modules, name))
  }
  writeFileSync(join(folder, 'package.json'), '{ "name": "consumer", "private": true, "type": "module" }\n')
  return {
    folder,
    installed,
    write: (file, text) => {
      mkdirSync(dirname(join(folder, file)), { recursive: true })
      writeFileSync(join(folder, file), text)
    },
    read: (file) => readFileSync(join(folder, file), 'utf8'),
    remove: () => removeFolder(folder),
  }
}

/** The files of `test/contract/project`, which are a user's and stay as they are. */
export function copyProject(consumer: Consumer): void {
  cpSync(join(checkout, 'test/contract/project'), consumer.folder, { recursive: true })
}

export interface Manifest {
  readonly name: string
  readonly dependencies: Readonly<Record<string, string>>
  readonly peerDependencies: Readonly<Record<string, string>>
  readonly exports: Readonly<Record<string, string | { readonly types: string; readonly default: string }>>
}

export const manifestOf = (installed: string): Manifest =>
  JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as Manifest
