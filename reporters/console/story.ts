/** A story as a table of three lanes, or as a list where the terminal is too narrow for a table. */

import type { Story, StoryLine } from '../../src/report/story.js'
import { cells, clip, pad } from './columns.js'
import type { Paint } from './paint.js'

const timeWidth = 9
const flows = { request: ' ──▶ ', answer: ' ⚡  ', none: '     ' } as const

export function storyLines(story: Story, width: number, paint: Paint): readonly string[] {
  if (story.lines.length === 0) return []
  const rows = width < 84 ? story.lines.map((line) => narrow(line, width, paint)) : table(story, width, paint)
  const more =
    story.hidden > 0 ? [paint('dim', `     … ${story.hidden} more moments are in the history of the finding`)] : []
  return [...rows, ...more]
}

function table(story: Story, width: number, paint: Paint): readonly string[] {
  const left = width - 5 - timeWidth - 2 - 5
  const model = columnWidth(
    story.lines.map((line) => line.model),
    12,
    Math.floor(left * 0.3),
  )
  const tools = columnWidth(
    story.lines.map((line) => (line.flow === 'answer' ? `◀── ${line.tools}` : line.tools)),
    16,
    Math.floor(left * 0.34),
  )
  const backend = left - model - tools - 1
  const head = `     ${'time'.padStart(timeWidth)}  ${pad('model', model)} ${pad('tools', tools)}     ${clip(`${story.backend} (what truly happened)`, backend)}`
  return [paint('dim', head), ...story.lines.map((line) => row(line, { model, tools, backend }, paint))]
}

function row(line: StoryLine, widths: { model: number; tools: number; backend: number }, paint: Paint): string {
  const left = `     ${time(line.vt)}  ${pad(line.model, widths.model)} `
  // Where only the tools speak, they may use the room of the lane beside them.
  if (line.backend === '' && line.flow === 'none')
    return mark(line, `${left}${clip(line.tools, widths.tools + widths.backend + 5)}`.trimEnd(), paint)
  const tools = line.flow === 'answer' ? `◀── ${line.tools}` : line.tools
  return mark(
    line,
    `${left}${pad(tools, widths.tools)}${line.flow === 'answer' && line.mark !== 'fault' ? flows.none : flows[line.flow]}${clip(line.backend, widths.backend)}`.trimEnd(),
    paint,
  )
}

function narrow(line: StoryLine, width: number, paint: Paint): string {
  const arrow = line.flow === 'answer' ? '◀── ' : ''
  const parts = [line.model, `${arrow}${line.tools}`, line.backend].filter((part) => part.trim() !== '')
  return mark(line, clip(`   ${time(line.vt)}  ${parts.join(line.flow === 'request' ? ' ──▶ ' : '  ')}`, width), paint)
}

const mark = (line: StoryLine, text: string, paint: Paint): string =>
  line.mark === 'broken' ? paint('red', text) : line.mark === 'fault' ? paint('yellow', text) : text

/** As wide as its longest text, within bounds. */
function columnWidth(texts: readonly string[], least: number, most: number): number {
  return Math.max(least, Math.min(most, Math.max(0, ...texts.map((text) => cells(text))) + 1))
}

const time = (vt: number): string => `${(vt / 1000).toFixed(1)} s`.padStart(timeWidth)
