/** Loads TypeScript as it stands in the project: by jiti, with the paths of its tsconfig, and with our own modules in place of a second copy. */

import { createJiti, type JitiOptions } from 'jiti'
import { exactImports } from './exact-imports.js'

/** Runs a module and returns its exports. Compiled code keeps its line numbers; nothing is cached on disk. */
export type LoadModule = (file: string) => Promise<Readonly<Record<string, unknown>>>

/** Modules that mean something to a bundler alone. */
const empty = { 'server-only': {}, 'client-only': {} }

type Transform = NonNullable<JitiOptions['transform']>

/** `own`: modules by specifier that imports are answered with. One loader shares its modules between files. */
export const moduleLoader = (folder: string, own: Readonly<Record<string, unknown>>): LoadModule =>
  loader(folder, own, {})

/**
 * Loads a file and all it reaches anew, each time. Packages stay shared, and so does what Node loads itself (`.mjs`, and `.js`
 * where the package says `"type": "module"`).
 */
export const copyLoader = (folder: string, own: Readonly<Record<string, unknown>>): LoadModule =>
  loader(folder, own, { moduleCache: false })

const compile = createJiti(import.meta.url).options.transform as Transform
const compiled = new Map<string, { readonly source: string; readonly result: ReturnType<Transform> }>()

/** What was compiled once, for whichever loader, is not compiled again. */
function transform(options: Parameters<Transform>[0]): ReturnType<Transform> {
  const key = options.filename ?? ''
  const known = compiled.get(key)
  if (known?.source === options.source) return known.result
  const result = compile({ ...options, babel: { ...options.babel, plugins: [[exactImports, options]] } })
  compiled.set(key, { source: options.source, result })
  return result
}

function loader(folder: string, own: Readonly<Record<string, unknown>>, options: JitiOptions): LoadModule {
  const jiti = createJiti(`${folder}/stormproof.js`, {
    virtualModules: { ...empty, ...own },
    tsconfigPaths: true,
    fsCache: false,
    interopDefault: true,
    transform,
    ...options,
  })
  return (file) => jiti.import<Record<string, unknown>>(file)
}
