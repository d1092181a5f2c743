/** Knows one kind of tool by its shape, and takes it. */

import type { TakenTool } from './taken-tool.js'

/** Undefined for what is of another kind. `name`: what to call a tool that has no name of its own. */
export type Taker = (given: Readonly<Record<string, unknown>>, name: string) => TakenTool | undefined

/** What a tool says of itself, if it is a text. */
export const text = (value: unknown): string => (typeof value === 'string' ? value : '')
