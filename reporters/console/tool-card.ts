/** The card of a tool on a terminal: a line a clause, and under what is broken the smallest calls that show it. */

import { grouped } from '../../src/report/brief.js'
import { type ClauseRecord, countWords, inReadingOrder, type ToolRecord } from '../../src/report/tool-record.js'
import { clip, pad, wrap } from './columns.js'
import type { Paint } from './paint.js'

export interface CardOptions {
  readonly name: string
  readonly seed: string
  readonly width: number
  /** Real seconds, where they are known. */
  readonly seconds?: string
  /** The lines that play what broke a clause again, by its name. */
  readonly replays?: Readonly<Record<string, string>>
  /** Nothing but what is broken and the counts. */
  readonly quiet?: boolean
}

const column = 46
/** Below this a verdict stands under its clause. */
const narrow = 84

/** Lines of the card; what others wrote is made harmless. */
export function toolCardLines(tool: ToolRecord, options: CardOptions, paint: Paint): readonly string[] {
  const { name, seed, width, seconds, quiet = false } = options
  const { effect, idempotency, retry } = tool.suggestion
  const head = [`${name}   ${tool.kind}`, `${grouped(tool.cases)} cases`, `seed ${seed}`, ...(seconds ? [seconds] : [])]
  const shown = inReadingOrder(tool.clauses).filter(({ verdict }) => !quiet || verdict === 'invalid')
  const advice = `effect: '${effect}'   idempotency: '${idempotency}'   retry: ${retry}`
  return [
    paint('bold', clip(` ${head.join(' · ')}`, width)),
    ...(quiet ? [] : tool.about.flatMap((line) => indented(line, 1, width))),
    '',
    ...shown.flatMap((clause) => clauseLines(clause, options, paint)),
    ...(shown.length > 0 ? [''] : []),
    ` ${countWords(tool.clauses)}`,
    ...(quiet ? [] : [...indented(`what the evidence supports   ${advice}`, 1, width), ...inTests(tool, width)]),
  ]
}

const marks = { valid: '✓', invalid: '✗', unknown: '?' } as const
const colours = { valid: 'green', invalid: 'red', unknown: 'yellow' } as const

function clauseLines(clause: ClauseRecord, { width, replays }: CardOptions, paint: Paint): readonly string[] {
  const isBeside = clause.beside === 'does-not-apply'
  const mark = isBeside ? '–' : marks[clause.verdict]
  const colour = isBeside ? 'dim' : colours[clause.verdict]
  const replay = replays?.[clause.name]
  const room = width < narrow ? width - 5 : width - column - 4
  const told = wrap(clause.told, room)
  const [first = '', ...rest] = told
  const lines =
    width < narrow
      ? [` ${mark} ${clip(clause.says, width - 3)}`, ...told.map((line) => `     ${line}`)]
      : [` ${mark} ${pad(clause.says, column)} ${first}`, ...rest.map((line) => ' '.repeat(column + 4) + line)]
  return [
    ...lines.map((line) => paint(colour, line.trimEnd())),
    ...clause.witness.flatMap((line) => indented(line, 5, width)),
    // Never cut and never wrapped: this line is there to be copied.
    ...(replay === undefined ? [] : [`     replay  npx stormproof replay ${replay}`]),
  ]
}

/** One trial of a clause, played again. `why`: how it broke it; undefined: it kept it. */
export function toolCaseLines(
  { says, why, witness }: { says: string; why: string | undefined; witness: readonly string[] },
  width: number,
  paint: Paint,
): readonly string[] {
  const mark = why === undefined ? '✓' : '✗'
  const head = indented(`${mark} ${says}${why === undefined ? '' : `: ${why}`}`, 1, width)
  return [
    ...head.map((line) => paint(why === undefined ? 'green' : 'red', line)),
    ...witness.flatMap((line) => indented(line, 5, width)),
  ]
}

/** Broken at blanks where it is too long, what follows a little further in. */
function indented(text: string, indent: number, width: number): readonly string[] {
  return wrap(text, width - indent - 2).map((line, at) => `${' '.repeat(at === 0 ? indent : indent + 2)}${line}`)
}

function inTests({ inCode }: ToolRecord, width: number): readonly string[] {
  return indented(
    `in your tests                toolTest(${inCode})                  from 'stormproof/vitest'`,
    1,
    width,
  )
}
