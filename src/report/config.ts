/** What `stormproof.config.ts` may say. A type and a function that returns what it is given: reading it is the command line's work. */

import type { Preset } from '../core/preset.js'
import type { Reporter } from './reporter.js'

export const reporterNames = [
  ...(['console', 'agent', 'ndjson', 'html', 'junit', 'ctrf', 'markdown', 'github'] as const),
  ...(['mermaid', 'shiviz', 'perfetto', 'otlp', 'sarif'] as const),
] as const
export type ReporterName = (typeof reporterNames)[number]

export interface Config {
  /** Globs from the folder of the config file. Default: scenario files anywhere below it. */
  readonly scenarios?: string | readonly string[]
  /** Storms a scenario. Default 300. */
  readonly trials?: number
  /** Default `stormy`. */
  readonly faults?: Preset
  /** How storms choose: `random`, `swarm`, `pct`, `walk` or `delay`. Default: the first two by turns, as the preset says. */
  readonly strategy?: string
  /** Default: no finding that the scenario does not declare in `breaks`. */
  readonly gates?: {
    readonly findings?: number
    readonly survived?: { readonly atLeast: number; readonly confidence?: number }
  }
  /** Default: `console`, or `agent` where a coding assistant runs it; on GitHub `github` too. */
  readonly reporters?: readonly (ReporterName | Reporter)[]
}

/** Types the configuration; does nothing else. */
export const defineConfig = (config: Config): Config => config
