/** A tool judged in this process: its card as a record, and for each broken clause what plays it again. */

import type { Json } from '../core/json.js'
import { encodeToolToken } from '../core/token.js'
import { toolRecordOf } from '../tooltest/card-record.js'
import { checkTaken, prepare } from '../tooltest/check-tool.js'
import type { Clause, Kit } from '../tooltest/clause/clause.js'
import { clauses } from '../tooltest/clause/registry.js'
import type { Case } from '../tooltest/run/case.js'
import type { Play } from '../tooltest/run/play.js'
import { saysOf } from '../tooltest/run/trouble.js'
import { takeTool } from '../tooltest/take/take-tool.js'
import { breachOf } from '../tooltest/try-clause.js'
import { findTool } from './find-tool.js'
import type { BrokenClause, FromToolProcess, Judged, JudgeOrder } from './tool-message.js'

export async function judgeTool(
  module: Readonly<Record<string, unknown>>,
  { file, exported: wanted, seed, cases, danger }: JudgeOrder,
  tell: (message: FromToolProcess) => void,
): Promise<Judged> {
  const { tool, exported, name } = findTool(module, file, wanted)
  const taken = takeTool(tool, name)
  const options = { seed, ...(cases !== undefined && { cases }) }
  const card = await checkTaken(taken, options, {
    danger,
    onBegin: (clause) => tell({ kind: 'begin', clause }),
    onCase: (trial) => tell({ kind: 'case', trial }),
    onClause: (clause, { verdict, told }) =>
      tell({ kind: 'clause', name: clause, isBroken: verdict === 'invalid', told }),
  })
  const { kit, playing } = await prepare(taken, options, {
    danger,
    onCase: (trial) => tell({ kind: 'case', trial }),
    onBegin: () => {},
    onClause: () => {},
  })
  const broken: BrokenClause[] = []
  for (const clause of clauses) {
    const { says, told, breach } = card.clauses[clause.name]
    if (!breach) continue
    const { trial, story, hints } = breach
    const copy = trial.some(playing.isDeadly) ? json(trial) : await surviving(clause, kit, playing.play, trial)
    const token = encodeToolToken({ file, exported, clause: clause.name, seed, trial: copy })
    broken.push({ clause: clause.name, says, why: told, story, hints, needs: needsOf(trial), token })
  }
  return { kind: 'judged', name: card.name, exported, tool: toolRecordOf(card, exported), broken }
}

const json = (trial: readonly Case[]): Json => JSON.parse(JSON.stringify(trial)) as Json

/** A trial as a token can hold it: undefined where it breaks nothing any more, as when an input is more than JSON can say. */
async function surviving(clause: Clause, kit: Kit, play: Play, trial: readonly Case[]): Promise<Json | undefined> {
  const copy = json(trial)
  return (await breachOf(clause, kit, play, copy as unknown as readonly Case[])) ? copy : undefined
}

/** What had to go wrong, in words. */
const needsOf = (trial: readonly Case[]): readonly string[] => [
  ...new Set(
    trial.flatMap(({ troubles }) =>
      troubles.map(({ call, request, what }) => `call ${call + 1}, request ${request + 1}: ${saysOf(what)}`),
    ),
  ),
]
