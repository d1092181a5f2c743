/** The configuration file: found upwards, loaded, and checked key by key. */

import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { userFrame } from '../box/call-site.js'
import { StormproofError } from '../core/error.js'
import { didYouMean } from '../core/nearest.js'
import { presetNames } from '../core/preset.js'
import { strategyNames } from '../explore/strategies.js'
import { type Config, reporterNames } from '../report/config.js'
import type { LoadModule } from './load-module.js'

export interface FoundConfig {
  readonly config: Config
  /** Globs are relative to it. */
  readonly folder: string
  readonly file: string | undefined
}

const endings = ['ts', 'mts', 'mjs', 'js', 'json']

/** Upwards from `folder` to the root of the repository; an empty configuration where there is none. */
export function findConfigFile(folder: string): string | undefined {
  for (let here = resolve(folder); ; here = dirname(here)) {
    const file = endings.map((ending) => join(here, `stormproof.config.${ending}`)).find(existsSync)
    if (file) return file
    if (existsSync(join(here, '.git')) || dirname(here) === here) return undefined
  }
}

/** `named` is the file of `--config`. Throws a `config` error for what it cannot read or does not know. */
export async function readConfig(folder: string, named: string | undefined, load: LoadModule): Promise<FoundConfig> {
  const file = named === undefined ? findConfigFile(folder) : resolve(folder, named)
  if (file === undefined) return { config: {}, folder, file }
  if (!existsSync(file))
    throw new StormproofError('config', `there is no file ${JSON.stringify(named)}`, {
      remedy: '--config names a file, relative to where you are',
    })
  const value = await exportedBy(file, load)
  return { config: checkConfig(value, file), folder: dirname(file), file }
}

async function exportedBy(file: string, load: LoadModule): Promise<unknown> {
  try {
    if (file.endsWith('.json')) return JSON.parse(readFileSync(file, 'utf8'))
    const module = await load(file)
    return isEsm(module) && !('default' in module) ? undefined : module['default']
  } catch (error) {
    const where = error instanceof Error ? userFrame(error.stack ?? '') : ''
    throw new StormproofError(
      'config',
      `${file} cannot be loaded: ${error instanceof Error ? error.message : String(error)}${where === '' ? '' : `, at ${where}`}`,
      { remedy: 'mend it, or name another file: --config=other.config.ts', cause: error },
    )
  }
}

/** The loader answers for a missing default with the module itself, as CommonJS has it. */
const isEsm = (module: object): boolean =>
  Object.hasOwn(module, '__esModule') || Object.prototype.toString.call(module) === '[object Module]'

type Rule = (value: any) => string | undefined

const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && (value as number) >= 0
const isShare = (value: unknown): boolean => typeof value === 'number' && value > 0 && value < 1

const rules: Readonly<Record<string, Rule>> = {
  scenarios: (value) =>
    typeof value === 'string' || (Array.isArray(value) && value.every((glob) => typeof glob === 'string'))
      ? undefined
      : 'a glob or a list of globs',
  trials: (value) => (isCount(value) ? undefined : 'a whole number'),
  faults: (value) => (presetNames.includes(value) ? undefined : `one of ${presetNames.join(', ')}`),
  strategy: (value) =>
    (strategyNames as readonly unknown[]).includes(value) ? undefined : `one of ${strategyNames.join(', ')}`,
  gates: (value) => gatesRule(value),
  reporters: (value) =>
    Array.isArray(value) && value.every((one) => reporterNames.includes(one) || typeof one?.onEnd === 'function')
      ? undefined
      : `a list of ${reporterNames.join(', ')} or reporters of your own, which have onEnd`,
}

const gateKeys = ['findings', 'survived']

function gatesRule(value: any): string | undefined {
  if (typeof value !== 'object' || value === null) return 'an object'
  const strange = Object.keys(value).find((key) => !gateKeys.includes(key))
  if (strange !== undefined) return `an object of findings and survived, without ${strange}`
  if (value.findings !== undefined && !isCount(value.findings)) return 'findings as a whole number'
  if (value.survived === undefined) return undefined
  if (!isShare(value.survived?.atLeast)) return 'survived.atLeast as a share between 0 and 1'
  return value.survived.confidence === undefined || isShare(value.survived.confidence)
    ? undefined
    : 'survived.confidence as a share between 0 and 1'
}

/** Unknown keys are errors: a misspelt gate that is silently dropped would be a gate that always passes. */
function checkConfig(value: unknown, file: string): Config {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new StormproofError('config', `${file} does not export a configuration`, {
      remedy: 'export default defineConfig({ … })',
    })
  for (const [key, part] of Object.entries(value)) {
    const rule = rules[key]
    if (!rule)
      throw new StormproofError('config', `${file} has an unknown key ${JSON.stringify(key)}`, {
        remedy: didYouMean(key, Object.keys(rules), `known keys: ${Object.keys(rules).join(', ')}`),
      })
    const expected = part === undefined ? undefined : rule(part)
    if (expected !== undefined)
      throw new StormproofError('config', `${key} in ${file} must be ${expected}, ${describe(part)} came`, {
        remedy: `known keys: ${Object.keys(rules).join(', ')}; see README.md`,
      })
  }
  return value as Config
}

const describe = (value: unknown): string => JSON.stringify(value) ?? String(value)
