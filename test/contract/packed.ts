/** The package as npm would publish it: the sources of this checkout, built and packed in a temporary folder. */

import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The root of this checkout. */
export const checkout = fileURLToPath(new URL('../..', import.meta.url))

export interface Packed {
  readonly tarball: string
  /** Paths inside the tarball. */
  readonly files: readonly string[]
  remove(): void
}

const copied = [
  'package.json',
  'README.md',
  'ARCHITECTURE.md',
  'LICENSE',
  'record.schema.json',
  'tsconfig.json',
  'tsconfig.build.json',
  'bin',
  'docs',
  'bench',
]
const folders = ['src', 'reporters', 'scenarios', 'test']

/** Builds where no earlier build is left over: neither the checkout's `dist` nor another test can change the outcome. */
export function packPackage(): Packed {
  const root = temporaryFolder('packed')
  const stage = join(root, 'stage')
  mkdirSync(stage)
  for (const name of [...copied, ...folders].filter((each) => existsSync(join(checkout, each)))) {
    cpSync(join(checkout, name), join(stage, name), { recursive: true })
  }
  symlinkSync(join(checkout, 'node_modules'), join(stage, 'node_modules'))
  run(compiler, ['-p', 'tsconfig.build.json'], stage)
  const args = ['pack', '--json', '--ignore-scripts', '--pack-destination', root]
  const [packed] = JSON.parse(run('npm', args, stage)) as [{ filename: string; files: { path: string }[] }]
  const files = packed.files.map(({ path }) => path)
  return { tarball: join(root, packed.filename), files, remove: () => removeFolder(root) }
}

/** The checkout's TypeScript compiler. */
export const compiler = join(checkout, 'node_modules/.bin/tsc')

/** A new folder under its real path: symbolic links in it would be followed by loaders and confuse comparisons. */
export function temporaryFolder(name: string): string {
  return mkdtempSync(join(realpathSync(tmpdir()), `stormproof-${name}-`))
}

export const removeFolder = (folder: string): void => rmSync(folder, { recursive: true, force: true })

/** What a command printed. Throws, with all it printed, when it ends with another code than 0. */
export function run(command: string, args: readonly string[], folder: string): string {
  try {
    return execFileSync(command, args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
    throw new Error(`${command} ${args.join(' ')} failed:\n${stdout}${stderr}`, { cause: error })
  }
}
