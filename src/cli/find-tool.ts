/** The tool that a file exports: the one that was named, or the only one. */

import { basename } from 'node:path'
import { StormproofError } from '../core/error.js'
import { didYouMean } from '../core/nearest.js'
import { looksLikeTool } from '../tooltest/take/take-tool.js'

type Module = Readonly<Record<string, unknown>>

export interface FoundTool {
  readonly tool: unknown
  /** `tools.refundOrder`. */
  readonly exported: string
  /** For a card, where the tool has no name of its own. */
  readonly name: string
}

/** Throws a `usage` error that names what is there. */
export function findTool(module: Module, file: string, wanted: string | undefined): FoundTool {
  const known = toolsIn(module)
  const names = known.map(({ exported }) => exported)
  const there = names.length === 0 ? 'it exports nothing that looks like a tool' : `its tools: ${names.join(', ')}`
  if (wanted !== undefined) {
    const tool = at(module, wanted)
    if (tool !== undefined) return found(tool, wanted, file)
    throw new StormproofError('usage', `${file} exports no ${JSON.stringify(wanted)}`, {
      remedy: didYouMean(wanted, names, there),
    })
  }
  const [only, ...more] = known
  const chosen = more.length === 0 ? only : known.find(({ exported }) => exported === 'default')
  if (chosen) return found(chosen.tool, chosen.exported, file)
  if (!only)
    throw new StormproofError('usage', there.replace('it', file), {
      remedy: 'export a tool of the AI SDK, OpenAI Agents, LangChain or defineTool, or { input: schema, execute }',
    })
  throw new StormproofError('usage', `${file} exports ${known.length} tools`, {
    remedy: `name one, as in ${file}#${only.exported}; ${there}`,
  })
}

function found(tool: unknown, exported: string, file: string): FoundTool {
  const last = exported.split('.').at(-1) ?? ''
  const isName = last !== 'default' && !/^\d+$/.test(last)
  return { tool, exported, name: isName ? last : basename(file).replace(/\.\w+$/, '') }
}

const isObject = (value: unknown): value is Module => typeof value === 'object' && value !== null

/** What it exports, and what the objects and lists that it exports hold; each tool once. */
function toolsIn(module: Module): readonly { readonly tool: unknown; readonly exported: string }[] {
  const all = Object.entries(module).flatMap(([name, value]) =>
    looksLikeTool(value)
      ? [{ tool: value, exported: name }]
      : isObject(value)
        ? Object.entries(value)
            .filter(([, inner]) => looksLikeTool(inner))
            .map(([inner, tool]) => ({ tool, exported: `${name}.${inner}` }))
        : [],
  )
  return all.filter(({ tool }, index) => all.findIndex((other) => other.tool === tool) === index)
}

function at(module: Module, path: string): unknown {
  let value: unknown = module
  for (const name of path.split('.')) value = isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined
  return value
}
