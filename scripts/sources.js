/** Loads TypeScript of this repository as it stands, with the entries of the package from `src/` instead of `dist/`. */

import { fileURLToPath } from 'node:url'
import { createJiti } from 'jiti'

const source = (path) => fileURLToPath(new URL(`../${path}`, import.meta.url))

const entries = ['backends', 'runtime', 'check', 'reporters', 'register', 'ai-sdk']
const jiti = createJiti(import.meta.url, {
  fsCache: false,
  alias: {
    ...Object.fromEntries(entries.map((name) => [`stormproof/${name}`, source(`src/${name}.ts`)])),
    stormproof: source('src/index.ts'),
  },
})

/** The exports of a module, by its path from the root of the repository. */
export const sources = (path) => jiti.import(source(path))
