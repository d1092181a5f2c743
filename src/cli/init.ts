/** `stormproof init`: a scenario and its services, written from a recorded conversation. */

import { readFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { StormproofError } from '../core/error.js'
import { forTerminal } from '../core/sanitize.js'
import { readTranscript } from '../draft/read-transcript.js'
import { recordedSource } from '../draft/recorded-source.js'
import { kebab, soundsLikeRead } from '../draft/words.js'
import type { CommandLine } from './command-line.js'
import { freeName, writeNew } from './new-file.js'
import type { Terminal } from './terminal.js'

const shownComplaints = 20
const endings = ['.scenario.ts', '.backend.ts']

export function init(line: CommandLine, folder: string, terminal: Terminal): number {
  if (line.from === undefined || line.words.length > 0)
    throw new StormproofError('usage', 'init needs a recorded conversation', {
      remedy: 'npx stormproof init --from transcript.json: OpenAI or Anthropic messages, or OTLP traces',
    })
  const { conversation, complaints } = readTranscript(textOf(folder, line.from))
  for (const { where, what } of complaints.slice(0, shownComplaints))
    terminal.error(` ! ${forTerminal(`${where}: ${what}`)}\n`)
  if (complaints.length > shownComplaints) terminal.error(` ! and ${complaints.length - shownComplaints} more\n`)
  if (!conversation)
    throw new StormproofError('usage', `there is no conversation in ${line.from}`, {
      remedy:
        'it takes OpenAI Chat messages, OpenAI Responses items, Anthropic messages, or OTLP traces with gen_ai attributes, as JSON',
    })
  const wanted = kebab(basename(line.from).replace(/\.[^.]*$/, ''), 'recorded')
  const name = freeName(folder, wanted, endings)
  if (name !== wanted) terminal.out(` ${wanted}.scenario.ts or its backend is there already, and stays as it is\n`)
  const { scenario, backend } = recordedSource(conversation, name, `./${name}.backend.ts`)
  if (backend !== undefined) writeNew(folder, `${name}.backend.ts`, backend)
  writeNew(folder, `${name}.scenario.ts`, scenario)
  const calls = conversation.turns.flat().length
  const tools = conversation.tools.map((tool) => `${tool.name} (${soundsLikeRead(tool.name) ? 'read' : 'write'})`)
  terminal.out(` ${calls} call${calls === 1 ? '' : 's'} in ${conversation.turns.length} turns`)
  terminal.out(tools.length > 0 ? `: ${forTerminal(tools.join(', '))}\n` : '\n')
  terminal.out(` wrote ${name}.scenario.ts${backend === undefined ? '' : ` and ${name}.backend.ts`}\n`)
  terminal.out(` next: npx stormproof ${name}\n`)
  return 0
}

function textOf(folder: string, file: string): string {
  try {
    return readFileSync(resolve(folder, file), 'utf8')
  } catch (error) {
    throw new StormproofError('usage', `${JSON.stringify(file)} cannot be read: ${(error as Error).message}`, {
      remedy: '--from names a file, relative to where you are',
      cause: error,
    })
  }
}
