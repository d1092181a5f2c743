/** `stormproof init`: a scenario and its services, from a recorded conversation or from a dry run of an agent. */

import { readFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { StormproofError } from '../core/error.js'
import { forTerminal } from '../core/sanitize.js'
import { readTranscript } from '../draft/read-transcript.js'
import { recordedSource } from '../draft/recorded-source.js'
import { kebab, soundsLikeRead } from '../draft/words.js'
import type { CommandLine } from './command-line.js'
import { initAgent } from './init-agent.js'
import { freeName, writeDraft } from './new-file.js'
import type { Terminal } from './terminal.js'

const shownComplaints = 20

export async function init(line: CommandLine, folder: string, terminal: Terminal): Promise<number> {
  const [target, ...more] = line.words
  if ((target === undefined) === (line.from === undefined) || more.length > 0)
    throw new StormproofError('usage', 'init needs an agent or a recorded conversation', {
      remedy: 'npx stormproof init ./agent.ts#export, or npx stormproof init --from transcript.json',
    })
  return target === undefined
    ? initRecorded(line.from as string, folder, terminal)
    : initAgent(target, folder, terminal)
}

function initRecorded(from: string, folder: string, terminal: Terminal): number {
  const { conversation, complaints } = readTranscript(textOf(folder, from))
  for (const { where, what } of complaints.slice(0, shownComplaints))
    terminal.error(` ! ${forTerminal(`${where}: ${what}`)}\n`)
  if (complaints.length > shownComplaints) terminal.error(` ! and ${complaints.length - shownComplaints} more\n`)
  if (!conversation)
    throw new StormproofError('usage', `there is no conversation in ${from}`, {
      remedy:
        'it takes OpenAI Chat messages, OpenAI Responses items, Anthropic messages, or OTLP traces with gen_ai attributes, as JSON',
    })
  const wanted = kebab(basename(from).replace(/\.[^.]*$/, ''), 'recorded')
  const name = freeName(folder, wanted, terminal)
  const sources = recordedSource(conversation, name, `./${name}.backend.ts`)
  const calls = conversation.turns.flat().length
  const turns = conversation.turns.length
  const tools = conversation.tools.map((tool) => `${tool.name} (${soundsLikeRead(tool.name) ? 'read' : 'write'})`)
  terminal.out(` ${calls} call${calls === 1 ? '' : 's'} in ${turns} turn${turns === 1 ? '' : 's'}`)
  terminal.out(tools.length > 0 ? `: ${forTerminal(tools.join(', '))}\n` : '\n')
  writeDraft(folder, name, sources, terminal)
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
