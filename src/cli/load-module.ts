/** Loads TypeScript as it stands in the project: by jiti, with the paths of its tsconfig, and with our own modules in place of a second copy. */

import { createJiti } from 'jiti'

/** Runs a module and returns its exports. Compiled code keeps its line numbers; nothing is cached on disk. */
export type LoadModule = (file: string) => Promise<Readonly<Record<string, unknown>>>

/** Modules that mean something to a bundler alone. */
const empty = { 'server-only': {}, 'client-only': {} }

/** `own`: modules by specifier that imports are answered with. One loader shares its modules between files. */
export function moduleLoader(folder: string, own: Readonly<Record<string, unknown>>): LoadModule {
  const jiti = createJiti(`${folder}/stormproof.js`, {
    virtualModules: { ...empty, ...own },
    tsconfigPaths: true,
    fsCache: false,
    interopDefault: true,
  })
  return (file) => jiti.import<Record<string, unknown>>(file)
}
