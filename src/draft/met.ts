/** What a dry run met: the tools a model was offered, and the requests that went out. */

import type { JsonSchema } from '../core/json-schema.js'

/** What a dry run asks, and what the scenario written after it asks until somebody says better. */
export const firstPrompt = 'Do what your tools are for.'

export interface MetTool {
  readonly name: string
  readonly schema: JsonSchema | undefined
  /** What it was called with. */
  readonly input: Readonly<Record<string, unknown>>
}

export interface MetRequest {
  readonly method: string
  readonly url: string
  readonly body: string
  /** The tool that was called last before it went out. */
  readonly tool: string | undefined
}

export interface Met {
  /** The export that was run, and whether it took a request, as routes do. */
  readonly exported: string
  readonly isRoute: boolean
  /** How it was called, as source text of `agent` and `prompt`. */
  readonly called: string
  readonly tools: readonly MetTool[]
  readonly requests: readonly MetRequest[]
  /** What kept it from going on, in words. */
  readonly problems: readonly string[]
}
