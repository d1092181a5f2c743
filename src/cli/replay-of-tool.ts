/** `stormproof replay` of what a tool test found: the trial once more, in a process of its own. */

import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { painter } from '../../reporters/console/paint.js'
import { toolCaseLines } from '../../reporters/console/tool-card.js'
import { StormproofError } from '../core/error.js'
import type { ToolRepro } from '../core/token.js'
import { exitCodes } from '../explore/exit-code.js'
import type { CommandLine } from './command-line.js'
import type { Terminal } from './terminal.js'
import { askToolProcess, type ToolDeath } from './tool-child.js'
import type { Replayed } from './tool-message.js'

type Ending = 'still-fails' | 'passes' | 'no-longer-applies' | 'differs'

const results: Readonly<Record<Ending, readonly [code: number, text: string]>> = {
  'still-fails': [exitCodes.fail, 'STILL FAILS  the same bytes twice'],
  passes: [exitCodes.pass, 'PASSES  the clause is kept this time'],
  'no-longer-applies': [
    exitCodes.inconclusive,
    'NO LONGER APPLIES  what struck it then strikes nothing now: the tool has changed',
  ],
  differs: [
    exitCodes.nondeterministic,
    'NOT REPEATABLE  two plays of the same calls differed: the tool keeps something between calls',
  ],
}

export async function replayOfTool(
  repro: ToolRepro,
  line: CommandLine,
  folder: string,
  terminal: Terminal,
): Promise<number> {
  const { file, exported, clause } = repro
  if (!existsSync(resolve(folder, file)))
    throw new StormproofError('usage', `the token is of the tool ${exported} in ${file}, which is not here`, {
      remedy: 'replay it in the folder in which it was found',
    })
  const answer = await askToolProcess(
    { kind: 'replay', folder, file, exported, repro },
    {
      silenceMs: line.hangMs,
      signal: new AbortController().signal,
      onText: (text) => terminal.error(text),
      onMessage: () => {},
    },
  )
  if (answer.kind === 'wrong') throw new StormproofError('usage', answer.message, { remedy: answer.remedy })
  if (answer.kind === 'judged') throw new StormproofError('internal', 'a replay was answered with a card')
  const ending = answer.kind === 'death' ? 'still-fails' : endingOf(answer)
  const [code, text] = results[ending]
  const { says = clause, name = exported, witness = [] }: Partial<Replayed> = answer.kind === 'death' ? {} : answer
  if (line.json) terminal.out(`${JSON.stringify({ type: 'replay', tool: name, clause, ending, why: answer.why })}\n`)
  else {
    const shown = toolCaseLines(
      { says, why: answer.why, witness },
      Math.max(40, terminal.width),
      painter(terminal.color),
    )
    terminal.out(`${[...shown, '', ` result     ${text}`, ` exit ${code}`].join('\n')}\n`)
  }
  return code
}

function endingOf({ why, isRepeatable, struck, planned }: Exclude<Replayed, ToolDeath>): Ending {
  if (!isRepeatable) return 'differs'
  if (why !== undefined) return 'still-fails'
  return struck < planned ? 'no-longer-applies' : 'passes'
}
