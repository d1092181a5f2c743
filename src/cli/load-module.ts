/** Loads TypeScript as it stands in the project: by jiti, with the paths of its tsconfig, and with our own modules in place of a second copy. */

import { createJiti, type JitiOptions } from 'jiti'

/** Runs a module and returns its exports. Compiled code keeps its line numbers; nothing is cached on disk. */
export type LoadModule = (file: string) => Promise<Readonly<Record<string, unknown>>>

/** Modules that mean something to a bundler alone. */
const empty = { 'server-only': {}, 'client-only': {} }

/** `own`: modules by specifier that imports are answered with. One loader shares its modules between files. */
export const moduleLoader = (folder: string, own: Readonly<Record<string, unknown>>): LoadModule =>
  loader(folder, own, {})

/**
 * Loads a file and all it reaches anew, each time. Packages stay shared, and so does what Node loads itself (`.mjs`, and `.js`
 * where the package says `"type": "module"`). What was compiled once is not compiled again.
 */
export function copyLoader(folder: string, own: Readonly<Record<string, unknown>>): LoadModule {
  const compile = createJiti(`${folder}/stormproof.js`).options.transform as Transform
  const compiled = new Map<string, { readonly source: string; readonly result: ReturnType<Transform> }>()
  const transform: Transform = (options) => {
    const key = options.filename ?? ''
    const known = compiled.get(key)
    if (known?.source === options.source) return known.result
    const result = compile(options)
    compiled.set(key, { source: options.source, result })
    return result
  }
  return loader(folder, own, { moduleCache: false, transform })
}

type Transform = NonNullable<JitiOptions['transform']>

function loader(folder: string, own: Readonly<Record<string, unknown>>, options: JitiOptions): LoadModule {
  const jiti = createJiti(`${folder}/stormproof.js`, {
    virtualModules: { ...empty, ...own },
    tsconfigPaths: true,
    fsCache: false,
    interopDefault: true,
    ...options,
  })
  return (file) => jiti.import<Record<string, unknown>>(file)
}
