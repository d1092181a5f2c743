/**
 * Relative imports that say which file they mean. TypeScript writes `./order.js` and means `./order.ts`; jiti tries every ending in every
 * folder before it comes to that, anew for each copy of a module: a second for a hundred imports, where this takes none.
 */

import { statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'

interface Statement {
  readonly source?: { value: string; extra?: unknown } | null
}

/** As Babel takes it, with `filename` of the module as its option. */
export const exactImports = (_babel: unknown, { filename }: { readonly filename: string }) => ({
  visitor: {
    Program(program: { readonly node: { readonly body: readonly Statement[] } }): void {
      for (const { source } of program.node.body) {
        if (!source || !/^\.\.?\//.test(source.value)) continue
        const known = meant(dirname(filename), source.value)
        if (known === undefined) continue
        source.value = known
        // What Babel would print in its place.
        delete source.extra
      }
    },
  },
})

/** In the order in which jiti looks. */
const endings = ['', '.js', '.mjs', '.cjs', '.ts', '.tsx', '.mts', '.cts']

/** Undefined for a folder, and for what is not there: that is left to jiti and its message. */
function meant(folder: string, specifier: string): string | undefined {
  const typed = specifier.replace(/\.([cm]?)js(x?)$/, '.$1ts$2')
  const named = [...endings.map((ending) => specifier + ending), typed, typed.replace(/\.ts$/, '.tsx')]
  return named.find((name) => statSync(resolve(folder, name), { throwIfNoEntry: false })?.isFile())
}
