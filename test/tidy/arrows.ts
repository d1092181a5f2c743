/** The import table: which folder may import which, and which packages. Everything that is not written here is refused. */

import type { Finding } from './finding.js'
import { type Import, importsOf, packageOf, resolveImport } from './imports.js'
import type { SourceFile } from './source-file.js'

/** `any`: however it is imported. `type`: erased imports alone. `dynamic`: loaded on first use. */
type PackageUse = 'any' | 'type' | 'dynamic'

interface Row {
  /** Folders besides itself; `all` is every folder, `reporters/` and the entry files. */
  readonly to: readonly string[] | 'all'
  /** `node` stands for every module of Node; `name in file.ts` holds in that file only. */
  readonly packages: Readonly<Record<string, PackageUse>>
  /** Why the row has what one would not expect. */
  readonly because?: string
}

const table: Readonly<Record<string, Row>> = {
  core: {
    to: [],
    packages: { zod: 'type', '@standard-schema/spec': 'type', '@faker-js/faker': 'type' },
    because:
      'types that users write against: a backend is seeded with a faker, a tool has a Standard Schema; nothing of them is loaded',
  },
  resilience: { to: ['core'], packages: {} },
  agent: { to: ['core', 'resilience'], packages: { zod: 'any' } },
  kernel: { to: ['core'], packages: { seedrandom: 'any' } },
  sim: {
    to: ['core', 'kernel'],
    packages: { '@faker-js/faker': 'any', zod: 'any' },
    because: 'ready-made backends declare their inputs with zod',
  },
  box: { to: ['core', 'kernel'], packages: { node: 'any' } },
  check: { to: ['core'], packages: {} },
  report: { to: ['core', 'check'], packages: {} },
  provider: {
    to: ['core', 'kernel', 'sim', 'box'],
    packages: { msw: 'dynamic', 'node:module in node-http.ts': 'dynamic' },
    because: 'msw is loaded on first use, through a require of its own',
  },
  draft: {
    to: ['core', 'provider'],
    packages: {},
    because: 'a recording has the wire formats of the providers; what is written is text, and imports nothing of ours',
  },
  adapter: {
    to: ['core', 'platform'],
    packages: { ai: 'type' },
    because:
      'an SDK is read structurally or given by value, and never loaded; what is asked goes over the wire of `platform`',
  },
  platform: {
    to: ['core'],
    packages: { node: 'any', pg: 'dynamic', '@electric-sql/pglite': 'dynamic' },
    because: 'a database is loaded by whoever keeps a store in it: both are optional peers',
  },
  scenario: {
    to: ['core', 'agent', 'kernel', 'sim', 'box', 'check', 'report', 'provider', 'adapter'],
    packages: { zod: 'any' },
    because: 'a trial is where agent, world, box, wire and checks meet',
  },
  explore: {
    to: ['core', 'kernel', 'check', 'report', 'scenario', 'platform'],
    packages: { 'fast-check': 'any', tinypool: 'any' },
  },
  mutant: { to: ['core', 'resilience', 'agent', 'sim'], packages: {} },
  tooltest: {
    to: [
      'core',
      'agent',
      'kernel',
      'sim',
      'box',
      'check',
      'report',
      'scenario',
      'explore',
      'provider',
      'adapter',
      'platform',
    ],
    packages: { 'fast-check': 'any', '@faker-js/faker': 'any' },
  },
  'reporters/': { to: ['core', 'check', 'report'], packages: {} },
  cli: { to: 'all', packages: { node: 'any', jiti: 'any' } },
  vitest: { to: 'all', packages: { node: 'any', vitest: 'any' } },
  'entry files': {
    to: 'all',
    packages: { node: 'any', vitest: 'any' },
    because: 'they re-export, and join `agent` with `platform` for `runAgent`',
  },
}

/** Imports of src/ and reporters/ that the table does not have. */
export function strayArrows(files: readonly SourceFile[]): readonly Finding[] {
  return files.filter((file) => file.isCode && file.isIn(['src', 'reporters'])).flatMap(strayArrowsOf)
}

function strayArrowsOf(file: SourceFile): readonly Finding[] {
  const folder = folderOf(file.path)
  const row = table[folder]
  if (!row)
    return [
      {
        file: file.path,
        line: 1,
        what: `${folder} has no row in the import table`,
        remedy: 'put the file where it belongs, or write its row',
      },
    ]
  return importsOf(file).flatMap((one) => {
    const target = resolveImport(file, one.specifier)
    const allowed = target === undefined ? mayUse(row, file, one) : mayReach(row, folder, folderOf(target))
    if (allowed) return []
    const what =
      target === undefined
        ? `${folder} imports ${one.specifier} (${one.kind})`
        : `${folder} imports ${folderOf(target)}`
    return [{ file: file.path, line: one.line, what, remedy: remedyOf(row, target === undefined) }]
  })
}

/** `core` of `src/core/json.ts`; `entry files` of `src/check.ts`; `reporters/` of its files; else the top folder. */
export function folderOf(path: string): string {
  const [top, second, third] = path.split('/')
  if (top === 'reporters') return 'reporters/'
  if (top !== 'src') return `${top}/`
  return third === undefined ? 'entry files' : (second as string)
}

function mayReach(row: Row, from: string, to: string): boolean {
  if (from === to) return true
  return row.to === 'all' ? to in table : row.to.includes(to)
}

function mayUse(row: Row, file: SourceFile, one: Import): boolean {
  const name = packageOf(one.specifier)
  const base = file.path.slice(file.path.lastIndexOf('/') + 1)
  const ofNode = name.startsWith('node:') ? 'node' : name
  const use = row.packages[name] ?? row.packages[`${name} in ${base}`] ?? row.packages[ofNode]
  return use === 'any' || one.kind === 'type' ? use !== undefined : use === one.kind
}

function remedyOf(row: Row, isPackage: boolean): string {
  const packages = Object.entries(row.packages).map(([name, use]) => (use === 'any' ? name : `${name} (${use})`))
  const allowed = isPackage ? packages : row.to === 'all' ? ['everything of src/'] : row.to
  return `take it through a port of core, or move the code; allowed: ${allowed.length > 0 ? allowed.join(', ') : 'nothing'}`
}
